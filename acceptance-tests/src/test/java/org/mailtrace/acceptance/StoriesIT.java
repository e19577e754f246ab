package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(RunningMailtrace.class)
@ResourceLock(value = RunningMailtrace.IT, mode = ResourceAccessMode.READ)
class StoriesIT {
    private static final Map<String, JsonNode> ANSWERS = new ConcurrentHashMap<>();

    static List<Story> stories() {
        return Story.all();
    }

    @Test
    void theDemonstrationTellsAtLeastSixteenStories() {
        assertThat(stories()).hasSizeGreaterThanOrEqualTo(16);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void endsAsTheStoryExpects(Story story) {
        // when
        JsonNode answer = answerAbout(story);

        // then
        JsonNode trace = story.traceIn(answer)
                .orElseThrow(() -> new AssertionError("no trace of " + story + "\n" + answer.toPrettyString()));
        SoftAssertions softly = new SoftAssertions();
        for (Story.Fate fate : story.fates()) {
            examine(softly, fate, trace);
        }
        for (String notice : story.notices()) {
            softly.assertThat(trace.path("notices").findValuesAsText("code")).contains(notice);
        }
        softly.assertAll();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    void isToldInTheWordsThatAreKept(Story story) {
        // when
        String answer = GoldenAnswer.of(answerAbout(story), story.at());

        // then
        assertThat(answer).isEqualTo(GoldenAnswer.kept(story.id(), answer));
    }

    @Test
    void keepsNoWordsOfAStoryThatIsNotTold() {
        assertThat(GoldenAnswer.left(stories().stream().map(Story::id).collect(Collectors.toSet())))
                .isEmpty();
    }

    /** Each story is asked once for all that is examined about it. */
    private static JsonNode answerAbout(Story story) {
        return ANSWERS.computeIfAbsent(story.id(), id -> Gateway.trace(story.ask()));
    }

    static List<Story> storiesWithRelatives() {
        return stories().stream().filter(story -> !story.related().isEmpty()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("storiesWithRelatives")
    void showsWhatBelongsToItAndWhereThatIs(Story story) {
        // given
        Map<String, String> ask = new HashMap<>(story.ask());
        ask.put("include", "related");

        // when
        JsonNode trace = story.traceIn(Gateway.trace(ask)).orElseThrow();

        // then
        assertThat(trace.path("related").findValuesAsText("relation")).isEqualTo(story.related());
        for (JsonNode related : trace.path("related")) {
            Response other =
                    Gateway.get("helpdesk", "/traces/" + related.path("id").asText(), Map.of());
            assertThat(Gateway.json(other)
                            .path("traces")
                            .path(0)
                            .path("messageId")
                            .asText())
                    .isEqualTo(related.path("messageId").asText());
        }
    }

    private static void examine(SoftAssertions softly, Story.Fate fate, JsonNode trace) {
        JsonNode recipient = Story.recipientIn(trace, fate.recipient())
                .orElseThrow(() -> new AssertionError(fate.recipient() + " is missing in\n" + trace.toPrettyString()));
        String said = fate.recipient() + ", of whom is said: "
                + recipient.path("sentence").asText();
        softly.assertThat(recipient.path("outcome").asText())
                .as("outcome of " + said)
                .isEqualTo(fate.outcome());
        fate.where()
                .ifPresent(where -> softly.assertThat(recipient.path("where").asText())
                        .as("place of " + said)
                        .isEqualTo(where));
        fate.direction()
                .ifPresent(direction -> softly.assertThat(
                                recipient.path("direction").asText())
                        .as("direction of " + said)
                        .isEqualTo(direction));
        fate.reason()
                .ifPresent(reason -> softly.assertThat(recipient.path("reason").asText())
                        .as("reason of " + said)
                        .isEqualTo(reason));
        softly.assertThat(Story.texts(recipient.path("via")))
                .as("way of " + said)
                .containsAll(fate.via());
        softly.assertThat(Story.texts(recipient.path("readdressedTo")))
                .as("further recipients of " + said)
                .containsAll(fate.readdressedTo());
        softly.assertThat(recipient.path("sentence").asText())
                .as("sentence for " + fate)
                .isNotBlank();
    }
}
