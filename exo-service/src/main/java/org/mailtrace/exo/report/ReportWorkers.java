package org.mailtrace.exo.report;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.mailtrace.exo.trace.Costs;
import org.mailtrace.exo.trace.TraceSettings;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.SignsOfLife;

/** The workers of this process: each takes one report after another, and goes on with what a dead process left behind. */
@Startup
@ApplicationScoped
class ReportWorkers {
    private static final Logger LOG = Logger.getLogger(ReportWorkers.class);
    /** How often results that were kept long enough are removed. */
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final Jobs jobs;
    private final ReportWork work;
    private final RowReading rows;
    private final Costs costs;
    private final ReportJson json;
    private final ReportSettings settings;
    private final Duration settlingTime;
    private final ReportMetrics metrics;
    private final Clock clock;
    private final Bell bell = new Bell();
    private final AtomicReference<Instant> swept = new AtomicReference<>(Instant.EPOCH);
    private final String process = UUID.randomUUID().toString();
    private List<Thread> threads = List.of();

    ReportWorkers(
            Jobs jobs,
            ReportWork work,
            RowReading rows,
            Costs costs,
            ReportJson json,
            ReportSettings settings,
            TraceSettings traceSettings,
            ReportMetrics metrics,
            Clock clock) {
        this.jobs = jobs;
        this.work = work;
        this.rows = rows;
        this.costs = costs;
        this.json = json;
        this.settings = settings;
        this.settlingTime = traceSettings.settlingTime();
        this.metrics = metrics;
        this.clock = clock;
        if (settings.lease().compareTo(settings.stepBudget().plus(settings.storePause())) <= 0) {
            throw new IllegalStateException("mailtrace.exo.report.lease must be longer than"
                    + " mailtrace.exo.report.step-budget and mailtrace.exo.report.store-pause together.");
        }
    }

    @PostConstruct
    void start() {
        threads = IntStream.range(0, settings.workers())
                .mapToObj(i -> Thread.ofVirtual().name("mailtrace-report-" + i).start(() -> workUntilTheEnd(i)))
                .toList();
    }

    /** Steps under way are finished and stored; then leases are given back, so that nobody has to wait for them to run out. */
    void stop(@Observes ShutdownEvent event) {
        bell.end();
        long end = System.nanoTime() + settings.stopWithin().toNanos();
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** There is a new report. */
    void ring() {
        bell.ring();
    }

    private void workUntilTheEnd(int number) {
        String name = process + "-" + number;
        while (!bell.isOver()) {
            if (!workOnOne(name)) {
                bell.idle(settings.poll());
            }
        }
    }

    /** Whatever happens to one report, the worker goes on with the next. */
    private boolean workOnOne(String name) {
        try {
            Optional<Lease> lease = jobs.claim(Set.of(Reports.KIND), name, SignsOfLife.leaseFor(settings.lease()));
            lease.ifPresent(held -> SignsOfLife.during(held, settings.lease(), () -> workOn(held)));
            sweep();
            return lease.isPresent();
        } catch (JobsException e) {
            LOG.warn("store of reports failed");
            return false;
        } catch (RuntimeException e) {
            LOG.error("a worker of reports goes on after an error of its own", e);
            return false;
        }
    }

    private void workOn(Lease lease) {
        Optional<ReportRun> run = Optional.empty();
        try {
            Assignment assignment = Assignment.of(lease.job(), json, costs);
            run = Optional.of(
                    new ReportRun(lease, assignment, work, rows, json, settings, settlingTime, metrics, bell, clock));
        } catch (RuntimeException e) {
            // What cannot be read now cannot be read the next time either.
            LOG.errorf(e, "a report cannot be read id=%s", lease.job().id());
            lease.finish(JobState.FAILED, lease.job().progress(), Optional.of(ReportWords.BROKEN_OFF));
        }
        run.ifPresent(ReportRun::run);
    }

    private void sweep() {
        Instant now = clock.instant();
        Instant before = swept.get();
        if (now.isAfter(before.plus(SWEEP)) && swept.compareAndSet(before, now)) {
            jobs.expire(now);
        }
    }
}
