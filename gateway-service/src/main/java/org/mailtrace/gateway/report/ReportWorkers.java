package org.mailtrace.gateway.report;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.mailtrace.gateway.ask.Sources;
import org.mailtrace.gateway.callback.Callbacks;
import org.mailtrace.gateway.search.AskingParser;
import org.mailtrace.gateway.store.Rest;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.gateway.store.Workers;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Lease;

/** The threads that work on reports. */
@Startup
@ApplicationScoped
class ReportWorkers {
    private final Tools tools;
    private final Workers workers;
    private final Callbacks callbacks;
    private final AtomicReference<Instant> swept = new AtomicReference<>(Instant.EPOCH);

    ReportWorkers(
            Jobs jobs,
            StoredJson json,
            AskingParser parser,
            Credentials credentials,
            Gathering gathering,
            Sources sources,
            Rows rows,
            Concluding concluding,
            Kept kept,
            Withdrawal withdrawal,
            Callbacks callbacks,
            ReportMetrics metrics,
            ReportSettings settings,
            Clock clock) {
        if (settings.lease().compareTo(settings.stepBudget().plus(settings.storePause())) <= 0
                || settings.lease().compareTo(settings.followFor().plus(settings.storePause())) <= 0) {
            throw new ConfigurationException("The setting mailtrace.reports.lease must be longer than"
                    + " mailtrace.reports.step-budget and mailtrace.reports.follow-for, each with"
                    + " mailtrace.reports.store-pause.");
        }
        this.callbacks = callbacks;
        this.tools = new Tools(
                jobs,
                json,
                parser,
                credentials,
                gathering,
                (legs, step) -> inParallel(
                        sources, gathering, legs, step, clock.instant().plus(settings.stepBudget())),
                rows,
                concluding,
                new ReentrantLock(),
                kept,
                withdrawal,
                this::callBack,
                metrics,
                settings,
                clock);
        this.workers = new Workers(
                Reports.KIND,
                jobs,
                new Workers.Numbers(settings.workers(), settings.lease(), settings.poll()),
                this::workOn,
                this::sweep);
    }

    @PostConstruct
    void start() {
        workers.start();
    }

    /** Steps under way are stored; then leases are given back, so that nobody has to wait for them to run out. */
    void stop(@Observes ShutdownEvent event) {
        workers.stop(tools.settings().stopWithin());
    }

    /** There is a new report. */
    void ring() {
        workers.ring();
    }

    private static List<Turn> inParallel(
            Sources sources, Gathering gathering, List<Leg> legs, Function<Leg, Turn> step, Instant deadline) {
        return List.copyOf(sources.inParallel(legs, deadline, step, (leg, after) -> gathering.late(leg))
                .values());
    }

    private void workOn(Lease lease, Rest rest) {
        new ReportRun(lease, tools, rest).run();
    }

    private void callBack(Job job, JobState state, String base) {
        tools.json()
                .read(job.request(), Order.class)
                .callbackUrl()
                .ifPresent(url ->
                        callbacks.order(job.owner(), job.id(), url, state.name(), ReportView.self(base, job.id())));
    }

    /** Also while nobody orders anything: a result holds who wrote to whom, and is kept no longer than was promised. */
    private void sweep() {
        Instant now = tools.clock().instant();
        Instant before = swept.get();
        if (now.isAfter(before.plus(tools.settings().sweep())) && swept.compareAndSet(before, now)) {
            tools.jobs().expire(now);
        }
    }
}
