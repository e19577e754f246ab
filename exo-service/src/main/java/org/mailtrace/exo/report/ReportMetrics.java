package org.mailtrace.exo.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.mailtrace.jobs.JobState;

/** What this process did for reports. How many there are in which state is asked of the store by {@link ReportGauges}. */
@ApplicationScoped
class ReportMetrics {
    private final MeterRegistry metrics;
    private final Counter steps;
    private final Counter rows;

    ReportMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        this.steps = Counter.builder("mailtrace.exo.report.steps")
                .description("Pages and details that were read for reports and stored")
                .register(metrics);
        this.rows = Counter.builder("mailtrace.exo.report.rows")
                .description("Rows that were stored for reports")
                .register(metrics);
    }

    void step(Turn turn) {
        steps.increment();
        rows.increment(turn.findings().size());
    }

    void finished(JobState state) {
        metrics.counter("mailtrace.exo.reports.finished", "state", state.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
