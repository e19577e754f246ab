package org.mailtrace.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.sqlite.SqliteStore;

class WorkersTest {
    private static final String KIND = "report";

    @TempDir
    private Path folder;

    @Test
    void doTheirChoreAlsoWhereThereIsNoWorkAtAll() {
        try (JobStore store = SqliteStore.open(folder.resolve("jobs.db"), Clock.systemUTC());
                Jobs jobs = store.jobs()) {
            // given: a result that has been kept long enough, and nobody who asks for another one
            Job done = jobs.submit(new NewJob(KIND, "helpdesk", Optional.empty(), "{}", "", Duration.ofMillis(1)))
                    .job();
            jobs.claim(Set.of(KIND), "worker", Duration.ofMinutes(1))
                    .orElseThrow()
                    .finish(JobState.COMPLETE, "", Optional.empty());
            AtomicInteger worked = new AtomicInteger();
            Workers workers = new Workers(
                    KIND,
                    jobs,
                    new Workers.Numbers(1, Duration.ofMinutes(1), Duration.ofMillis(10)),
                    (lease, rest) -> worked.incrementAndGet(),
                    () -> jobs.expire(Clock.systemUTC().instant()));

            // when
            workers.start();

            // then
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> jobs.find(done.id()).isEmpty());
            workers.stop(Duration.ofSeconds(10));
            assertThat(worked).hasValue(0);
        }
    }
}
