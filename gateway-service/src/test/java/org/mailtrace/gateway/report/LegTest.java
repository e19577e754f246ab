package org.mailtrace.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;
import org.mailtrace.jobs.Finding;

class LegTest {
    private static final SourceAnswer PAGE = new SourceAnswer(
            "edge",
            SourceState.ANSWERED,
            Optional.of(Flow.ago(600)),
            Optional.of(Flow.NOW),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Flow.NOW),
            1,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(ScriptedDesk.row("edge", 1)),
            Optional.of("2"));
    private static final Rows.Page KEPT = new Rows.Page(new Finding("rows", "rows", Instant.EPOCH, "[]"), 1, true);

    @Test
    void aWindowThatWasReadToItsEndIsSaidToBeSearched() {
        // when
        SourceAnswer said = Leg.to("edge")
                .read(PAGE, KEPT, Optional.of("2"))
                .read(PAGE, KEPT, Optional.empty())
                .said()
                .orElseThrow();

        // then
        assertThat(said.searchedFrom()).contains(Flow.ago(600));
        assertThat(said.searchedTo()).contains(Flow.NOW);
    }

    @Test
    void aWindowThatWasReadInPartIsNot() {
        // when
        SourceAnswer said = Leg.to("edge")
                .read(PAGE, KEPT, Optional.of("2"))
                .ends(SourceState.TRUNCATED, "There are too many.")
                .said()
                .orElseThrow();

        // then
        assertThat(said.searchedFrom()).isEmpty();
        assertThat(said.searchedTo()).isEmpty();
        assertThat(said.absenceProvenUntil()).isEmpty();
        assertThat(said.state()).isEqualTo(SourceState.TRUNCATED);
    }
}
