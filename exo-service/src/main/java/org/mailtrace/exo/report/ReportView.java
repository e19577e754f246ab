package org.mailtrace.exo.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mailtrace.contract.Report;
import org.mailtrace.contract.ReportLinks;
import org.mailtrace.contract.ReportProgress;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.trace.ExchangeOnline;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;

/** A report as its caller sees it. */
@ApplicationScoped
class ReportView {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    private final ReportJson json;
    private final Clock clock;

    ReportView(ReportJson json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /**
     * Shows it.
     *
     * @param messages how many messages its result has
     * @param base the service's own address, with a slash at its end
     */
    Report of(Job job, long messages, String base) {
        Standing standing = standing(job);
        ReportProgress progress = progress(job, standing, messages);
        boolean removed = job.state() == JobState.EXPIRED;
        String self = base + "reports/" + job.id();
        return new Report(
                job.id(),
                ExchangeOnline.NAME,
                status(job),
                state(job, standing),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.expiresAt(),
                standing.searchedFrom(),
                standing.searchedTo(),
                standing.absenceProvenUntil(),
                standing.cost(),
                progress,
                retryAfter(job, progress),
                explanation(job, progress),
                standing.warnings(),
                new ReportLinks(self, removed ? Optional.empty() : Optional.of(self + "/observations")));
    }

    Standing standing(Job job) {
        return json.read(job.progress(), Standing.class);
    }

    /** How well it looked by now; only a complete report may support that nothing was found. */
    SourceState state(Job job, Standing standing) {
        return switch (job.state()) {
            case COMPLETE -> SourceState.ANSWERED;
            case CANCELLED -> SourceState.PARTIAL;
            case EXPIRED -> SourceState.REPORT_REQUIRED;
            case FAILED -> standing.state() == SourceState.PARTIAL ? SourceState.FAILED : standing.state();
            case QUEUED, RUNNING, INCOMPLETE -> standing.state().looked() ? SourceState.PARTIAL : standing.state();
        };
    }

    Optional<String> explanation(Job job) {
        return explanation(job, progress(job, standing(job), 0));
    }

    Optional<Long> retryAfter(Job job) {
        return retryAfter(job, progress(job, standing(job), 0));
    }

    private static ReportStatus status(Job job) {
        return ReportStatus.valueOf(job.state().name());
    }

    private Optional<String> explanation(Job job, ReportProgress progress) {
        return switch (job.state()) {
            case COMPLETE -> Optional.empty();
            case INCOMPLETE, FAILED -> job.explanation().or(() -> Optional.of(ReportWords.BROKEN_OFF));
            case CANCELLED -> Optional.of(ReportWords.CANCELLED);
            case EXPIRED -> Optional.of(ReportWords.EXPIRED);
            case QUEUED, RUNNING ->
                Optional.of(
                        job.startedAt().isEmpty()
                                ? ReportWords.QUEUED
                                : progress.waitsFor()
                                        .map(reason -> ReportWords.waiting(progress, reason))
                                        .orElse(ReportWords.running(progress)));
        };
    }

    private Optional<Long> retryAfter(Job job, ReportProgress progress) {
        if (job.state().isOver()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Duration wait = progress.waitsUntil()
                .map(until -> Duration.between(now, until))
                .filter(left -> left.compareTo(LOOK_AGAIN) > 0)
                .orElse(LOOK_AGAIN);
        return Optional.of(Math.ceilDiv(wait.toMillis(), 1000L));
    }

    /** What it waited for stands in the store until its next step; it is told only while it waits. */
    private ReportProgress progress(Job job, Standing standing, long messages) {
        ReportProgress progress = standing.progress();
        boolean waits = job.state() == JobState.QUEUED;
        return new ReportProgress(
                job.state().isOver() ? Optional.empty() : progress.phase(),
                progress.slicesDone(),
                progress.slices(),
                progress.pages(),
                progress.rows(),
                messages,
                progress.details(),
                progress.requests(),
                progress.waitsFor().filter(reason -> waits),
                progress.waitsUntil().filter(until -> waits));
    }
}
