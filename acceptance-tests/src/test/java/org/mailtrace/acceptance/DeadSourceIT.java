package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is still said, and what no longer may be, when a source is dead. */
@ExtendWith(RunningMailtrace.class)
@ResourceLock(value = RunningMailtrace.IT, mode = ResourceAccessMode.READ_WRITE)
@Order(3)
class DeadSourceIT {
    /** A source: its service in the script, its name in answers, its name in sentences. */
    enum Source {
        PROOFPOINT("proofpoint", "proofpoint", "Proofpoint"),
        ONPREM("onprem-exchange", "onprem-exchange", "On-premises Exchange"),
        CLOUD("exo", "exchange-online", "Exchange Online");

        private final String service;
        private final String source;
        private final String title;

        Source(String service, String source, String title) {
            this.service = service;
            this.source = source;
            this.title = title;
        }
    }

    private static final Map<String, String> ANY_QUESTION = Map.of("recipient", "ana@rivercounty.example");
    private static final List<String> UNKNOWN = List.of("UNDETERMINED", "PENDING");
    private static final Map<Story, JsonNode> ALIVE = new LinkedHashMap<>();

    @BeforeAll
    static void askEverythingWhileAllSourcesLive() {
        awaitClosedCircuits();
        Story.all().forEach(story -> ALIVE.put(story, Gateway.trace(story.ask())));
    }

    @AfterEach
    void bringEverythingBack() {
        for (Source source : Source.values()) {
            if (Launcher.run("status").output().lines().anyMatch(line -> line.matches(source.service + " +stopped"))) {
                Launcher.Result up = Launcher.run("up", source.service);
                assertThat(up.exitCode()).as(up.output()).isZero();
            }
        }
        awaitClosedCircuits();
    }

    @ParameterizedTest
    @EnumSource(Source.class)
    void claimsNothingThatADeadSourceWouldHaveToProveAndAsksItNoMoreUntilItIsBack(Source dead) {
        // given
        Launcher.run("down", dead.service);

        // when
        SoftAssertions softly = new SoftAssertions();
        ALIVE.forEach((story, alive) -> {
            Response response = Gateway.get("helpdesk", "/traces", story.ask());
            if (response.statusCode() == 503) {
                examineRefusal(softly, dead, story, Gateway.json(response));
            } else {
                softly.assertThat(response.statusCode()).as(story.toString()).isEqualTo(200);
                compare(softly, dead, story, alive, Gateway.json(response));
            }
        });

        // then
        softly.assertAll();

        // and it is asked no more, until it is back
        awaitState(dead, "CIRCUIT_OPEN");
        assertThat(Gateway.source(dead.source).findValuesAsText("circuit")).contains("OPEN");
        bringEverythingBack();
    }

    @Test
    void answers503WithRetryAfterWhenNoSourceLives() {
        // given
        for (Source source : Source.values()) {
            Launcher.run("down", source.service);
        }

        // when
        Response response = Gateway.get("helpdesk", "/traces", ANY_QUESTION);

        // then
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(503);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(Integer.parseInt(response.header("Retry-After"))).isPositive();
        assertThat(response.asString()).doesNotContain("No message found");
    }

    /** Nobody else could look either: the question reaches further back than the other sources keep records. */
    private static void examineRefusal(SoftAssertions softly, Source dead, Story story, JsonNode problem) {
        for (Source source : Source.values()) {
            softly.assertThat(Gateway.find(problem, source.source).path("state").asText())
                    .as(source.source + " in the refusal of " + story + " without " + dead.source)
                    .isIn(
                            source == dead
                                    ? List.of("FAILED", "CIRCUIT_OPEN", "TIMED_OUT")
                                    : List.of("OUT_OF_RETENTION"));
        }
    }

    private static void compare(SoftAssertions softly, Source dead, Story story, JsonNode alive, JsonNode answer) {
        String about = story + " without " + dead.source + ": "
                + answer.path("summary").asText();
        softly.assertThat(Gateway.find(answer, dead.source).path("state").asText())
                .as("state in " + about)
                .isIn("FAILED", "CIRCUIT_OPEN", "TIMED_OUT");
        softly.assertThat(answer.path("summary").asText()).as(about).doesNotContain("No message found");
        boolean passedThere = story.traceIn(alive)
                .filter(trace -> trace.path("path").toString().contains('"' + dead.source + '"'))
                .isPresent();
        if (passedThere || answer.path("traces").isEmpty()) {
            softly.assertThat(answer.path("complete").asBoolean(true))
                    .as("complete in " + about)
                    .isFalse();
            softly.assertThat(answer.path("summary").asText()).as(about).contains(dead.title);
        }
        story.traceIn(alive)
                .ifPresent(before -> story.traceIn(answer).ifPresent(now -> {
                    for (JsonNode recipient : now.path("recipients")) {
                        Story.recipientIn(before, recipient.path("address").asText())
                                .ifPresent(was -> compareFates(softly, dead, about, was, recipient));
                    }
                }));
    }

    private static void compareFates(SoftAssertions softly, Source dead, String about, JsonNode was, JsonNode now) {
        String outcome = now.path("outcome").asText();
        String said = about + "\n  " + now.path("sentence").asText();
        softly.assertThat(outcome)
                .as("outcome, " + was.path("outcome").asText() + " with all sources, in " + said)
                .matches(word -> UNKNOWN.contains(word)
                        || word.equals(was.path("outcome").asText()));
        softly.assertThat(now.path("direction").asText())
                .as("direction, " + was.path("direction").asText() + " with all sources, in " + said)
                .isIn("UNKNOWN", was.path("direction").asText());
        softly.assertThat(evidence(now)).as("evidence in " + said).doesNotContain(dead.source);
        boolean wasProvenThere = dead.source.equals(was.path("where").asText());
        if (wasProvenThere) {
            softly.assertThat(outcome)
                    .as("outcome that only " + dead.source + " proves, in " + said)
                    .isIn(UNKNOWN);
        }
    }

    private static List<String> evidence(JsonNode recipient) {
        return recipient.path("evidence").findValuesAsText("source");
    }

    private static void awaitState(Source source, String state) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            JsonNode answer = Gateway.trace(ANY_QUESTION);
            assertThat(Gateway.find(answer, source.source).path("state").asText())
                    .isEqualTo(state);
        });
    }

    private static void awaitClosedCircuits() {
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode answer = Gateway.trace(ANY_QUESTION);
            for (Source source : Source.values()) {
                assertThat(Gateway.find(answer, source.source).path("circuit").asText())
                        .as(answer.path("summary").asText())
                        .isEqualTo("CLOSED");
            }
        });
    }
}
