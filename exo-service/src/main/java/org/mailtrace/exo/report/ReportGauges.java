package org.mailtrace.exo.report;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.function.Supplier;
import org.mailtrace.jobs.Backlog;
import org.mailtrace.jobs.Jobs;

/** How many reports are how far, asked when the metrics are read. */
@Startup
@ApplicationScoped
class ReportGauges {
    ReportGauges(Jobs jobs, Clock clock, MeterRegistry metrics) {
        Backlog backlog = new Backlog(jobs, Reports.KIND, clock);
        gauge(metrics, "queued", backlog::queued);
        gauge(metrics, "waiting", backlog::waiting);
        gauge(metrics, "running", backlog::running);
    }

    private static void gauge(MeterRegistry metrics, String state, Supplier<Number> counted) {
        Gauge.builder("mailtrace.exo.reports", counted)
                .tag("state", state)
                .description("Unfinished reports among the newest thousand")
                .register(metrics);
    }
}
