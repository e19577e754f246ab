package org.mailtrace.gateway.report;

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

    ReportMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
        this.steps = Counter.builder("mailtrace.gateway.report.steps")
                .description("Steps of reports that were done and stored")
                .register(metrics);
    }

    void step() {
        steps.increment();
    }

    void finished(JobState state) {
        Counter.builder("mailtrace.gateway.reports.finished")
                .description("Reports that this process ended, by how they ended")
                .tag("state", state.name().toLowerCase(Locale.ROOT))
                .register(metrics)
                .increment();
    }
}
