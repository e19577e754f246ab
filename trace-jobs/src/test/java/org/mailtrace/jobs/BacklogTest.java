package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.jobs.sqlite.SqliteStore;

class BacklogTest {
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));

    @TempDir
    private Path folder;

    @Test
    void countsThoseThatAreDueThoseThatArePutOffAndThoseUnderWay() {
        // given
        JobStore store = SqliteStore.open(folder.resolve("jobs.db"), clock);
        Jobs jobs = store.jobs();
        Backlog backlog = new Backlog(jobs, "report", clock);
        Instant later = clock.instant().plus(LEASE);
        for (int i = 0; i < 4; i++) {
            submit(jobs, "report");
        }
        submit(jobs, "another");

        // when
        claim(jobs).putOff(later, "{}");
        claim(jobs);
        claim(jobs).finish(JobState.COMPLETE, "{}", Optional.empty());

        // then
        assertThat(backlog.queued()).isEqualTo(1);
        assertThat(backlog.waiting()).isEqualTo(1);
        assertThat(backlog.running()).isEqualTo(1);

        // when
        clock.advance(LEASE);

        // then
        assertThat(backlog.queued()).isEqualTo(2);
        assertThat(backlog.waiting()).isZero();
    }

    @Test
    void givesNoNumberWhereTheStoreDoesNotAnswer() {
        // given
        JobStore store = SqliteStore.open(folder.resolve("jobs.db"), clock);
        Backlog backlog = new Backlog(store.jobs(), "report", clock);

        // when
        store.close();

        // then
        assertThat(backlog.queued()).isNaN();
        assertThat(backlog.waiting()).isNaN();
        assertThat(backlog.running()).isNaN();
    }

    private static void submit(Jobs jobs, String kind) {
        jobs.submit(new NewJob(kind, "owner", Optional.empty(), "{}", "{}", LEASE));
    }

    private static Lease claim(Jobs jobs) {
        return jobs.claim(Set.of("report"), "worker", LEASE).orElseThrow();
    }
}
