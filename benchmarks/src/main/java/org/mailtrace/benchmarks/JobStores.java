package org.mailtrace.benchmarks;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.jobs.Finding;
import org.mailtrace.jobs.FindingGroup;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.Place;
import org.mailtrace.jobs.SharedBudget;
import org.mailtrace.jobs.Step;
import org.mailtrace.jobs.postgresql.PostgresqlStore;
import org.mailtrace.jobs.sqlite.SqliteStore;
import org.mailtrace.postgresql.GivenPostgresql;

/**
 * What jobs and the quota cost on SQLite and on PostgreSQL, one right after the other. Arguments: an empty folder, the JDBC
 * URL of an empty database, its role.
 */
public final class JobStores {
    private static final int TAKES = 300;
    private static final int STEPS = 50;
    private static final int FINDINGS = 1000;
    private static final int PAGE = 100;
    private static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");

    private JobStores() {}

    /** Prints a line for each engine and number. */
    public static void main(String[] arguments) {
        try (JobStore sqlite = SqliteStore.open(Path.of(arguments[0]).resolve("jobs.db"), Clock.systemUTC());
                JobStore postgresql =
                        PostgresqlStore.open(GivenPostgresql.at(arguments[1], arguments[2], "mailtrace_benchmark"))) {
            // The first round only warms up.
            measure(sqlite, 5, "warm-up sqlite");
            measure(postgresql, 5, "warm-up postgresql");
            measure(sqlite, STEPS, "sqlite");
            measure(postgresql, STEPS, "postgresql");
        }
    }

    private static void measure(JobStore store, int steps, String engine) {
        take(store.budget(engine, TAKES * 2, Duration.ofMinutes(5)), engine);
        Jobs jobs = store.jobs();
        String id = jobs.submit(
                        new NewJob("report", "benchmark", Optional.empty(), "synthetic", "", Duration.ofDays(1)))
                .job()
                .id();
        Lease lease =
                jobs.claim(Set.of("report"), "worker", Duration.ofMinutes(5)).orElseThrow();
        Latencies committed = new Latencies();
        for (int i = 0; i < steps; i++) {
            Step step = new Step(Integer.toString(i), "", findings(i));
            time(committed, () -> lease.commit(step));
        }
        print(engine, "a step of 1000 findings", committed);
        pages(jobs, id, engine);
        jobs.cancel(id);
    }

    private static void take(SharedBudget budget, String engine) {
        Latencies taken = new Latencies();
        for (int i = 0; i < TAKES; i++) {
            time(taken, () -> budget.take(1, 0));
        }
        print(engine, "a counted request", taken);
    }

    private static void pages(Jobs jobs, String id, String engine) {
        Latencies read = new Latencies();
        Optional<Place> after = Optional.empty();
        List<FindingGroup> page = List.of();
        do {
            long begun = System.nanoTime();
            page = jobs.findings(id, after, PAGE);
            read.add(System.nanoTime() - begun);
            if (!page.isEmpty()) {
                after = Optional.of(
                        new Place(page.getLast().firstAt(), page.getLast().key()));
            }
        } while (!page.isEmpty());
        print(engine, "a page of 100 groups", read);
    }

    /** Two to a group; 500 bytes each. */
    private static List<Finding> findings(int step) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < FINDINGS; i++) {
            int number = step * FINDINGS + i;
            findings.add(new Finding(
                    "group " + number / 2,
                    "key " + number,
                    BEGIN.plusSeconds(number * 7919L % 100_000),
                    "synthetic ".repeat(50)));
        }
        return findings;
    }

    private static void time(Latencies latencies, Runnable work) {
        long begun = System.nanoTime();
        work.run();
        latencies.add(System.nanoTime() - begun);
    }

    private static void print(String engine, String what, Latencies latencies) {
        System.out.printf(
                Locale.ROOT,
                "%-20s %-24s p50 %8.2f ms  p99 %8.2f ms  (%d)%n",
                engine,
                what,
                latencies.millis(0.5),
                latencies.millis(0.99),
                latencies.count());
    }
}
