package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * F24: thirty days of reports, each kept for five and known for ten, and a budget that is spent from. After these days the
 * store holds as much as before, however long it goes on, and everything of the reports that are kept.
 */
@Isolated("it counts what the whole process holds")
class F24LongRunTest {
    private static final int DAYS = 30;
    private static final Duration KEPT = Duration.ofDays(5);
    private static final int SETTLED = 14;
    private static final int JOBS_A_DAY = 3;
    private static final int FINDINGS = 25;

    /** Trees and free lists breathe; what grows with each day would be twice as large after the settled days. */
    private static final double BREATHING = 1.25;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-10-01T00:00:00Z"));
    private final List<String> ids = new ArrayList<>();

    @TempDir
    private Path folder;

    /** What the store and this process hold. */
    private record Held(Map<String, Long> rows, long bytes, OptionalLong openFiles) {}

    @ParameterizedTest
    @EnumSource(Engine.class)
    void holdsNoMoreAfterThirtyDaysThanAfterTheDaysThatAreKept(Engine engine) throws SQLException {
        // given
        String address = engine.newAddress(folder);
        List<Held> held = new ArrayList<>();
        try (JobStore store = Engine.open(address, clock);
                Jobs jobs = store.jobs()) {
            SharedBudget budget = store.budget("exchange-online", 40, Duration.ofMinutes(5));

            // when
            for (int day = 0; day < DAYS; day++) {
                for (int i = 0; i < JOBS_A_DAY; i++) {
                    clock.advance(Duration.ofHours(24 / JOBS_A_DAY));
                    ids.add(doOne(jobs));
                    assertThat(budget.take(1, 0)).isEmpty();
                    jobs.expire(clock.instant());
                }
                hasAllThatIsKeptAndNothingElse(jobs);
                held.add(held(engine, address));
            }
        }

        // then
        Held settled = held.get(SETTLED);
        Held last = held.getLast();
        assertThat(last.bytes()).as("bytes").isLessThan((long) (settled.bytes() * BREATHING));
        settled.rows()
                .forEach((table, rows) -> assertThat(last.rows().get(table))
                        .as(table)
                        .isLessThanOrEqualTo((long) (rows * BREATHING) + 2));
        assumeTrue(last.openFiles().isPresent(), "open files are counted only where /proc tells them");
        assertThat(last.openFiles().getAsLong())
                .as("open files")
                .isLessThanOrEqualTo(settled.openFiles().getAsLong() + 3);
    }

    private String doOne(Jobs jobs) {
        String key = "key-" + ids.size();
        Job job = jobs.submit(new NewJob("report", "helpdesk", Optional.of(key), "request", "begun", KEPT))
                .job();
        Lease lease =
                jobs.claim(Set.of("report"), "worker", Duration.ofMinutes(5)).orElseThrow();
        lease.commit(new Step(
                "half",
                "half",
                IntStream.range(0, FINDINGS)
                        .mapToObj(i -> new Finding("g" + i / 3, "k" + i, clock.instant(), "x".repeat(500)))
                        .toList()));
        lease.finish(JobState.COMPLETE, "done", Optional.empty());
        return job.id();
    }

    private void hasAllThatIsKeptAndNothingElse(Jobs jobs) {
        int kept = (int) KEPT.toDays() * JOBS_A_DAY;
        for (int age = 0; age < ids.size(); age++) {
            Optional<Job> job = jobs.find(ids.get(ids.size() - 1 - age));
            if (age < kept) {
                assertThat(job).get().extracting(Job::state).isEqualTo(JobState.COMPLETE);
                assertThat(jobs.countGroups(job.orElseThrow().id())).isEqualTo((FINDINGS + 2) / 3);
            } else if (age < 2 * kept) {
                assertThat(job).get().extracting(Job::state).isEqualTo(JobState.EXPIRED);
                assertThat(jobs.countGroups(job.orElseThrow().id())).isZero();
            } else {
                assertThat(job).isEmpty();
            }
        }
    }

    private static Held held(Engine engine, String address) throws SQLException {
        boolean file = engine == Engine.SQLITE;
        Map<String, Long> rows = new TreeMap<>();
        try (Connection connection = Engine.connect(address);
                Statement statement = connection.createStatement()) {
            long bytes = file
                    ? number(statement, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
                    : 0;
            for (String table : names(statement, file)) {
                if (!file) {
                    // The server does so by itself from time to time.
                    statement.execute("VACUUM " + table);
                    bytes += number(statement, "SELECT pg_total_relation_size('" + table + "')");
                }
                rows.put(table, number(statement, "SELECT count(*) FROM " + table));
            }
            return new Held(rows, bytes, openFiles());
        }
    }

    private static List<String> names(Statement statement, boolean file) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                file
                        ? "SELECT name FROM sqlite_schema WHERE type = 'table'"
                        : "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static OptionalLong openFiles() {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return OptionalLong.empty();
        }
        try (Stream<Path> files = Files.list(open)) {
            return OptionalLong.of(files.count());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
