package org.mailtrace.gateway.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.gateway.callback.Callbacks;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.gateway.words.ReportWords;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;

/** A report as its caller sees it. */
@ApplicationScoped
class ReportView {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(10);
    private static final Duration LATEST = Duration.ofMinutes(1);

    private final StoredJson json;
    private final Callbacks callbacks;
    private final Clock clock;

    ReportView(StoredJson json, Callbacks callbacks, Clock clock) {
        this.json = json;
        this.callbacks = callbacks;
        this.clock = clock;
    }

    static String self(String base, String id) {
        return base + "traces/reports/" + id;
    }

    /** All of it, for its owner. */
    GatewayReport own(Job job, String base) {
        Standing standing = standing(job);
        String self = self(base, job.id());
        boolean readable = hasResult(job);
        Optional<Standing.End> end =
                standing.end().filter(ended -> ended.anybody() && job.state().isOver());
        return new GatewayReport(
                job.id(),
                status(job),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.expiresAt(),
                end.map(Standing.End::complete),
                end.map(Standing.End::summary),
                end.map(Standing.End::traces),
                explanation(job, standing),
                progress(job, standing),
                retryAfter(job, standing),
                callbacks.of(job.owner(), job.id()),
                new GatewayReport.Links(
                        self,
                        Optional.of(self + "/traces").filter(link -> readable),
                        Optional.of(self + "/traces.csv").filter(link -> readable)));
    }

    /** Its state alone, for whoever operates the service. */
    GatewayReport stateOnly(Job job, String base) {
        GatewayReport all = own(job, base);
        return new GatewayReport(
                all.id(),
                all.status(),
                all.createdAt(),
                all.startedAt(),
                all.finishedAt(),
                all.expiresAt(),
                all.complete(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                all.sources(),
                all.retryAfterSeconds(),
                Optional.empty(),
                new GatewayReport.Links(all.links().self(), Optional.empty(), Optional.empty()));
    }

    boolean hasResult(Job job) {
        return job.state() == JobState.COMPLETE || job.state() == JobState.INCOMPLETE;
    }

    /** One sentence unless it is complete. */
    Optional<String> explanation(Job job) {
        return explanation(job, standing(job));
    }

    Optional<Long> retryAfter(Job job) {
        return retryAfter(job, standing(job));
    }

    private Standing standing(Job job) {
        return json.read(job.progress(), Standing.class);
    }

    private static ReportStatus status(Job job) {
        return ReportStatus.valueOf(job.state().name());
    }

    private static Optional<String> explanation(Job job, Standing standing) {
        List<SourceProgress> sources = standing.sources();
        long over = sources.stream().filter(SourceProgress::over).count();
        return switch (job.state()) {
            case COMPLETE -> Optional.empty();
            case INCOMPLETE, FAILED -> job.explanation().or(() -> Optional.of(ReportWords.BROKEN_OFF));
            case CANCELLED -> Optional.of(ReportWords.CANCELLED);
            case EXPIRED -> Optional.of(ReportWords.EXPIRED);
            case QUEUED, RUNNING ->
                Optional.of(
                        sources.isEmpty()
                                ? standing.trouble().orElse(ReportWords.QUEUED)
                                : standing.trouble()
                                        .map(why -> ReportWords.waiting(over, sources.size(), why))
                                        .orElse(ReportWords.running(over, sources.size())));
        };
    }

    /** What a source waits for is told only as long as the report is not over. */
    private static List<SourceProgress> progress(Job job, Standing standing) {
        boolean over = job.state().isOver();
        return standing.sources().stream()
                .map(source -> new SourceProgress(
                        source.source(),
                        source.over(),
                        source.state(),
                        source.report(),
                        source.pages(),
                        source.rows(),
                        source.waitsUntil().filter(until -> !over && !source.over()),
                        source.explanation()))
                .toList();
    }

    private Optional<Long> retryAfter(Job job, Standing standing) {
        if (job.state().isOver()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        boolean young = job.createdAt().plus(LATEST).isAfter(now);
        Duration least = young ? SOON : LATER;
        Duration wait = standing.sources().stream()
                .map(SourceProgress::waitsUntil)
                .flatMap(Optional::stream)
                .map(until -> Duration.between(now, until))
                .max(Duration::compareTo)
                .filter(left -> left.compareTo(least) > 0)
                .orElse(least);
        Duration bounded = wait.compareTo(LATEST) > 0 ? LATEST : wait;
        return Optional.of(Math.ceilDiv(bounded.toMillis(), 1000L));
    }
}
