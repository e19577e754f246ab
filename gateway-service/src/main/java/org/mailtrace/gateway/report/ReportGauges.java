package org.mailtrace.gateway.report;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.Predicate;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;

/** How many reports are how far, of all processes together, asked of the store when the metrics are read. */
@Startup
@ApplicationScoped
class ReportGauges {
    private static final int NEWEST = 1000;

    private final Jobs jobs;
    private final Clock clock;

    ReportGauges(Jobs jobs, Clock clock, MeterRegistry metrics) {
        this.jobs = jobs;
        this.clock = clock;
        gauge(metrics, "queued", job -> job.state() == JobState.QUEUED && !isWaiting(job));
        gauge(metrics, "waiting", job -> job.state() == JobState.QUEUED && isWaiting(job));
        gauge(metrics, "running", job -> job.state() == JobState.RUNNING);
    }

    private boolean isWaiting(Job job) {
        return job.notBefore().isAfter(clock.instant());
    }

    private void gauge(MeterRegistry metrics, String state, Predicate<Job> counted) {
        Gauge.builder("mailtrace.gateway.reports", () -> count(counted))
                .tag("state", state)
                .description("Unfinished reports among the newest thousand")
                .register(metrics);
    }

    /** A gauge without a number is better than a wrong one. */
    private double count(Predicate<Job> counted) {
        try {
            return jobs.newest(Reports.KIND, NEWEST).stream().filter(counted).count();
        } catch (JobsException e) {
            return Double.NaN;
        }
    }
}
