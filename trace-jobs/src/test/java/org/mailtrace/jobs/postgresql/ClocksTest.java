package org.mailtrace.jobs.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.NewJob;

/** Replicas whose own clocks are wrong do no harm to what all of them have. */
class ClocksTest {
    private final String address = Schemas.anew();

    @Test
    void aReplicaWhoseClockIsAheadTakesNothingAway() {
        // given
        Clock ahead = Clock.offset(Clock.systemUTC(), Duration.ofDays(8));
        try (JobStore store = PostgresqlStore.openWhere(Schemas.settings(address), ahead)) {
            Jobs jobs = store.jobs();
            submit(jobs);
            Lease lease = claim(jobs);
            lease.finish(JobState.COMPLETE, "done", Optional.empty());

            // when
            int gone = jobs.expire(ahead.instant());

            // then
            assertThat(gone).isZero();
            assertThat(jobs.find(lease.job().id()).map(Job::state)).contains(JobState.COMPLETE);
        }
    }

    @Test
    void aPauseIsAsLongAsWasMeantWhereTheClockIsBehind() {
        // given
        Clock behind = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        try (JobStore store = PostgresqlStore.openWhere(Schemas.settings(address), behind)) {
            Jobs jobs = store.jobs();
            submit(jobs);

            // when
            claim(jobs).putOff(behind.instant().plusSeconds(600), "waits");

            // then
            Job waiting = jobs.newest("report", 1).getFirst();
            assertThat(waiting.notBefore()).isCloseTo(Instant.now().plusSeconds(600), within(2, ChronoUnit.MINUTES));
            assertThat(jobs.claim(Set.of("report"), "other", Duration.ofSeconds(30)))
                    .isEmpty();
        }
    }

    private static void submit(Jobs jobs) {
        jobs.submit(new NewJob("report", "alex", Optional.empty(), "a", "", Duration.ofDays(7)));
    }

    private static Lease claim(Jobs jobs) {
        return jobs.claim(Set.of("report"), "worker", Duration.ofSeconds(30)).orElseThrow();
    }
}
