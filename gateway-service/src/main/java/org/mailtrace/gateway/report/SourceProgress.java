package org.mailtrace.gateway.report;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;

/**
 * How far a report is with one source.
 *
 * @param over whether nothing more is asked of it
 * @param state how it answered; absent before it did
 * @param report what has become of its own report, if it needs one
 * @param pages pages read
 * @param rows rows read
 * @param waitsUntil before this moment it is not asked again
 * @param explanation one sentence if it did not look
 */
@RegisterForReflection
@Schema(description = "How far a report is with one source.")
public record SourceProgress(
        String source,
        boolean over,
        Optional<SourceState> state,

        @Schema(implementation = ReportStatus.class, nullable = true)
        Optional<ReportStatus> report,

        int pages,
        int rows,
        Optional<Instant> waitsUntil,
        Optional<String> explanation) {
    static SourceProgress of(Leg leg) {
        Optional<ReportStatus> report = leg.way() == Leg.Way.REPORT
                ? leg.status().or(() -> Optional.of(ReportStatus.QUEUED))
                : Optional.empty();
        return new SourceProgress(
                leg.source(),
                leg.over(),
                leg.said().map(SourceAnswer::state),
                report,
                leg.pages(),
                leg.rows(),
                leg.notBefore(),
                leg.said().flatMap(SourceAnswer::explanation));
    }
}
