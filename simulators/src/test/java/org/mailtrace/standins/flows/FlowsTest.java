package org.mailtrace.standins.flows;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.standins.story.Story;
import org.mailtrace.standins.story.StoryBook;
import org.mailtrace.standins.story.StoryLoader;

class FlowsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void makesOnlyStoriesThatTheStandInsCanPlay(long seed, @TempDir Path directory) throws IOException {
        // when
        List<FlowTruth> truths = new Flows(seed, NOW).write(0, 600, directory);

        // then
        StoryBook book = new StoryLoader(NOW).loadDirectory(directory);
        assertThat(book.stories())
                .extracting(Story::id)
                .containsExactlyInAnyOrderElementsOf(truths.stream()
                        .flatMap(flow -> flow.messages().stream())
                        .map(Truth::story)
                        .toList());
    }

    @Test
    void makesTheSameFlowAgainFromItsSeedAndNumberAlone() {
        // given
        Flows flows = new Flows(7, NOW);
        IntStream.range(0, 41).forEach(flows::make);

        // when
        Flow again = new Flows(7, NOW).make(41);

        // then
        assertThat(again).isEqualTo(flows.make(41));
        assertThat(again).isNotEqualTo(new Flows(8, NOW).make(41));
    }

    @Test
    void smallNumbersHaveOneOfEachFamily() {
        // when
        Set<String> families = IntStream.range(0, 60)
                .mapToObj(number -> new Flows(1, NOW).make(number).truth().family())
                .collect(Collectors.toSet());

        // then
        assertThat(families)
                .hasSizeGreaterThan(35)
                .contains("inbound", "cloud-to-outside", "hybrid-to-cloud", "hybrid-to-onprem", "device")
                .contains("an-id-for-each-transaction")
                .contains("groups-on-servers", "alias", "forward-outside-rewritten", "released", "held-and-gone")
                .contains(
                        "loop", "lost", "just-handed-over", "resent", "no-message-id-at-proofpoint", "past-proofpoint");
    }

    @Test
    void tellsTheFateOfEveryEnvelopeRecipientAndNeverTheSameAddressInTwoFlows() {
        // given
        Flows flows = new Flows(5, NOW);
        Set<String> known = new HashSet<>();

        for (int number = 0; number < 400; number++) {
            // when
            FlowTruth truth = flows.make(number).truth();

            // then
            Set<String> own = new HashSet<>();
            truth.messages().forEach(message -> {
                Set<String> told = message.fates().stream().map(Fate::recipient).collect(Collectors.toSet());
                assertThat(told).as(truth.id() + " " + truth.family()).containsAll(message.to());
                own.addAll(told);
            });
            assertThat(Collections.disjoint(own, known)).as(truth.id()).isTrue();
            known.addAll(own);
        }
    }

    @Test
    void theTruthIsReadBackAsItWasWritten(@TempDir Path directory) throws IOException {
        // given
        List<FlowTruth> truths = new Flows(3, NOW).write(10, 5, directory);

        // when
        FlowTruth read =
                new ObjectMapper().readValue(Files.readString(directory.resolve("f3-10.truth.json")), FlowTruth.class);

        // then
        assertThat(read).isEqualTo(truths.getFirst());
    }
}
