package org.mailtrace.gateway.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.gateway.callback.CallbackView;

/**
 * A report as it stands. It holds no address and no subject; those are in its traces.
 *
 * @param complete whether absence is proven; present once it is over and somebody looked
 * @param summary what was found and what is not proven
 * @param traces how many traces were found
 * @param explanation one sentence unless it is complete
 * @param sources how far it is with each source
 * @param retryAfterSeconds when to look again, while it is not over
 */
@Schema(description = "A report as it stands: no address and no subject; those are in its traces.")
public record GatewayReport(
        String id,
        ReportStatus status,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Instant> expiresAt,
        Optional<Boolean> complete,
        Optional<String> summary,
        Optional<Integer> traces,
        Optional<String> explanation,
        List<SourceProgress> sources,
        Optional<Long> retryAfterSeconds,
        Optional<CallbackView> callback,
        Links links) {
    public GatewayReport {
        sources = List.copyOf(sources);
    }

    /**
     * Where it and its result are.
     *
     * @param traces the traces as JSON, once there are any to read
     * @param csv the same as a table
     */
    @Schema(name = "GatewayReportLinks")
    public record Links(String self, Optional<String> traces, Optional<String> csv) {}
}
