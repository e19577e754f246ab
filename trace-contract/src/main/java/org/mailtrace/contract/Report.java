package org.mailtrace.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A source's report: a question that it answers later. All instants are UTC. It holds no address and no subject; those
 * are in its observations.
 *
 * @param id opaque and URL-safe
 * @param source the source's name
 * @param status what has become of it
 * @param state how well the source looked by now; {@link SourceState#ANSWERED} only for a complete report
 * @param startedAt when it was begun
 * @param finishedAt when it was over
 * @param expiresAt when its result is removed; known once it is over
 * @param searchedFrom start of what was searched by now, inclusive; it grows backwards from the window's end
 * @param searchedTo its end, exclusive
 * @param absenceProvenUntil up to when "no row" proves "no message", from {@code searchedFrom} on
 * @param cost what it was reckoned to cost before it began
 * @param retryAfterSeconds when to look again, while it is not over
 * @param explanation one sentence unless it is complete
 * @param warnings what has to be known about its result
 */
public record Report(
        String id,
        String source,
        ReportStatus status,
        SourceState state,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Instant> expiresAt,
        Optional<Instant> searchedFrom,
        Optional<Instant> searchedTo,
        Optional<Instant> absenceProvenUntil,
        RequestCost cost,
        ReportProgress progress,
        Optional<Long> retryAfterSeconds,
        Optional<String> explanation,
        List<String> warnings,
        ReportLinks links) {
    public Report {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(createdAt, "createdAt");
        startedAt = Absent.toEmpty(startedAt);
        finishedAt = Absent.toEmpty(finishedAt);
        expiresAt = Absent.toEmpty(expiresAt);
        searchedFrom = Absent.toEmpty(searchedFrom);
        searchedTo = Absent.toEmpty(searchedTo);
        absenceProvenUntil = Absent.toEmpty(absenceProvenUntil);
        Objects.requireNonNull(cost, "cost");
        Objects.requireNonNull(progress, "progress");
        retryAfterSeconds = Absent.toEmpty(retryAfterSeconds);
        explanation = Absent.toEmpty(explanation);
        warnings = Absent.toEmpty(warnings);
        Objects.requireNonNull(links, "links");
        if (state.looked() != (status == ReportStatus.COMPLETE)) {
            throw new IllegalArgumentException("a report looked exactly when it is complete");
        }
    }
}
