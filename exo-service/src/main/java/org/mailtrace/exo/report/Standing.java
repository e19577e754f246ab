package org.mailtrace.exo.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.ReportProgress;
import org.mailtrace.contract.RequestCost;
import org.mailtrace.contract.SourceState;

/**
 * What a report says about itself; stored as its progress, so that it is told without reading its checkpoint.
 *
 * @param state how well the source looked by now
 */
record Standing(
        RequestCost cost,
        ReportProgress progress,
        SourceState state,
        Optional<Instant> searchedFrom,
        Optional<Instant> searchedTo,
        Optional<Instant> absenceProvenUntil,
        List<String> warnings) {
    Standing {
        warnings = List.copyOf(warnings);
    }

    static Standing ofNew(RequestCost cost, int slices) {
        return new Standing(
                cost,
                new ReportProgress(Optional.empty(), 0, slices, 0, 0, 0, 0, 0, Optional.empty(), Optional.empty()),
                SourceState.PARTIAL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    Standing waiting(String reason, Instant until, SourceState why) {
        ReportProgress now = progress;
        return new Standing(
                cost,
                new ReportProgress(
                        now.phase(),
                        now.slicesDone(),
                        now.slices(),
                        now.pages(),
                        now.rows(),
                        now.messages(),
                        now.details(),
                        now.requests(),
                        Optional.of(reason),
                        Optional.of(until)),
                why,
                searchedFrom,
                searchedTo,
                absenceProvenUntil,
                warnings);
    }
}
