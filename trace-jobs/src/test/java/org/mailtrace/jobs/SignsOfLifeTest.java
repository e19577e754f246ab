package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignsOfLifeTest {
    private static final Duration SOON = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void keepsALeaseAsLongAsTheWorkGoesOn() {
        // given
        SettableClock clock = new SettableClock(Instant.parse("2026-11-20T12:00:00Z"));
        try (JobStore store = Engine.open(Engine.SQLITE.newAddress(folder), clock)) {
            Jobs jobs = store.jobs();
            jobs.submit(new NewJob("report", "alex", Optional.empty(), "a", "", LONG));
            Watched lease = new Watched(claim(jobs).orElseThrow(), call -> true);

            // when: the work takes three leases
            new SignsOfLife(lease, SOON, LONG).during(() -> {
                for (int i = 0; i < 3; i++) {
                    clock.advance(Duration.ofSeconds(19));
                    lease.awaitRenewal();
                    assertThat(claim(jobs)).isEmpty();
                }
            });

            // then
            clock.advance(SignsOfLife.leaseFor(LONG));
            assertThat(claim(jobs)).isPresent();
        }
    }

    @Test
    void claimsForSoShortThatADeathIsNoticedWithinHalfAMinute() {
        assertThat(SignsOfLife.leaseFor(LONG)).isEqualTo(Duration.ofSeconds(20));
        assertThat(SignsOfLife.leaseFor(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void leavesAJobThatHangsToOthers() {
        // given
        Watched lease = new Watched(new HeldForEver(), call -> true);

        // when: no step may take any time at all
        new SignsOfLife(lease, SOON, Duration.ZERO).run();

        // then
        assertThat(lease.calls).hasValue(0);
    }

    @Test
    void goesOnWhereTheStoreFailedAndEndsWhereTheLeaseIsLost() {
        // given: the store fails twice, and then the job was cancelled
        Watched lease = new Watched(new HeldForEver(), call -> {
            if (call == 4) {
                throw new LeaseLostException();
            }
            if (call > 1) {
                throw new JobsException("on purpose");
            }
            return true;
        });

        // when
        new SignsOfLife(lease, SOON, LONG).run();

        // then
        assertThat(lease.calls).hasValue(4);
    }

    private static Optional<Lease> claim(Jobs jobs) {
        return jobs.claim(Set.of("report"), "worker", SignsOfLife.leaseFor(LONG));
    }

    /** Counts renewals. */
    private static final class Watched implements Lease {
        private final Lease lease;
        private final IntPredicate renewal;
        private final AtomicInteger calls = new AtomicInteger();
        private volatile CountDownLatch renewed = new CountDownLatch(1);

        Watched(Lease lease, IntPredicate renewal) {
            this.lease = lease;
            this.renewal = renewal;
        }

        /** Two, because the first may have begun before. */
        void awaitRenewal() {
            try {
                renewed = new CountDownLatch(2);
                renewed.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Job job() {
            return lease.job();
        }

        @Override
        public boolean isHeld() {
            return lease.isHeld();
        }

        @Override
        public void renew() {
            if (renewal.test(calls.incrementAndGet())) {
                lease.renew();
                renewed.countDown();
            }
        }

        @Override
        public void commit(Step step) {
            lease.commit(step);
        }

        @Override
        public void putOff(Instant until, String progress) {
            lease.putOff(until, progress);
        }

        @Override
        public void finish(JobState state, String progress, Optional<String> explanation) {
            lease.finish(state, progress, explanation);
        }
    }

    private static final class HeldForEver implements Lease {
        private final Job job = new Job(
                "id",
                "report",
                "alex",
                JobState.RUNNING,
                "",
                Optional.empty(),
                "",
                Optional.empty(),
                Instant.EPOCH,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        @Override
        public Job job() {
            return job;
        }

        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public void renew() {}

        @Override
        public void commit(Step step) {}

        @Override
        public void putOff(Instant until, String progress) {}

        @Override
        public void finish(JobState state, String progress, Optional<String> explanation) {}
    }
}
