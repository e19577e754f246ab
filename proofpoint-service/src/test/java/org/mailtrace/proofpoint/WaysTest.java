package org.mailtrace.proofpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.proofpoint.recorded.Reached;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.stream.Known;

/** What may be claimed where the stream's records have a hole and Smart Search was asked about it. */
class WaysTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant GAP = NOON.minus(Duration.ofHours(5));
    private static final Instant GAP_END = NOON.minus(Duration.ofHours(4));
    private static final Instant PROVEN = NOON.minus(Duration.ofMinutes(5));

    private final Reached reached = new Reached(
            new Known(
                    Optional.of(NOON.minus(Duration.ofDays(9))),
                    Optional.of(NOON),
                    List.of(new Known.Gap(GAP, GAP_END, "The connection broke.", false)),
                    Optional.empty()),
            NOON.minus(Duration.ofDays(1)),
            NOON,
            NOON,
            Duration.ofMinutes(5));

    @Test
    void aSearchThatProvesNothingProvesNothingOfTheTimeAfterItEither() {
        // given
        Looked weak = looked(SourceState.ANSWERED, GAP);

        // when
        Looked both = Ways.completed(looked(SourceState.PARTIAL, PROVEN), reached, weak, new Window(GAP, GAP_END));

        // then
        assertThat(both.state()).isEqualTo(SourceState.ANSWERED);
        assertThat(both.provenUntil()).isEqualTo(GAP);
    }

    @Test
    void aSearchThatProvesItsStretchLeavesWhatTheRecordsProve() {
        Looked exact = looked(SourceState.ANSWERED, GAP_END);

        Looked both = Ways.completed(looked(SourceState.PARTIAL, PROVEN), reached, exact, new Window(GAP, GAP_END));

        assertThat(both.provenUntil()).isEqualTo(PROVEN);
    }

    @Test
    void asksForTheHoleOnlyUnlessTheRecordsDoNotTellAll() {
        assertThat(Ways.open(looked(SourceState.PARTIAL, PROVEN), reached)).isEqualTo(new Window(GAP, GAP_END));
        for (SourceState state : List.of(SourceState.TRUNCATED, SourceState.FAILED, SourceState.TIMED_OUT)) {
            assertThat(Ways.open(looked(state, PROVEN), reached))
                    .isEqualTo(new Window(NOON.minus(Duration.ofDays(1)), NOON));
        }
    }

    private static Looked looked(SourceState state, Instant provenUntil) {
        return new Looked(
                List.of(),
                Instant.MIN,
                List.of(new SourcePart("part", state, Optional.empty(), Optional.empty(), Optional.empty())),
                Optional.empty(),
                Optional.empty(),
                provenUntil,
                Optional.empty(),
                Optional.empty());
    }
}
