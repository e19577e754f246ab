package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Working on a job as long as its lease is held, and ending it. */
class LeaseTest extends OnEveryEngine {
    @Test
    void claimsTheOldestOnceAndOnlyWhatTheWorkerKnows() {
        // given
        jobs.submit(new NewJob("call-back", "alex", Optional.empty(), "c", "", WEEK));
        Job first = submit("alex");
        Job second = submit("alex");

        // when
        Lease lease = claim();

        // then
        assertThat(lease.job().id()).isEqualTo(first.id());
        assertThat(lease.job().state()).isEqualTo(JobState.RUNNING);
        assertThat(lease.job().startedAt()).contains(NOON);
        assertThat(lease.isHeld()).isTrue();
        assertThat(claim().job().id()).isEqualTo(second.id());
        assertThat(tryToClaim()).isEmpty();
        assertThat(jobs.claim(Set.of(), "worker", LEASE)).isEmpty();
        assertThat(jobs.claim(Set.of("report", "call-back"), "worker", LEASE)).isPresent();
    }

    @Test
    void handsARunningJobOnOnlyWhenItsLeaseRanOut() {
        // given
        Job job = submit("alex");
        Lease first = claim();
        first.commit(step("page 1"));

        // then
        clock.advance(LEASE.minusMillis(1));
        assertThat(tryToClaim()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        Lease second = claim();
        assertThat(second.job().id()).isEqualTo(job.id());
        assertThat(second.job().checkpoint()).contains("page 1");
        assertThat(second.job().startedAt()).contains(NOON);

        // and: the first worker can change nothing any more
        assertThat(first.isHeld()).isFalse();
        assertThatThrownBy(() -> first.commit(step("page 2", finding("g", "k", NOON))))
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(first::renew).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> first.putOff(NOON, "")).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> first.finish(JobState.COMPLETE, "", Optional.empty()))
                .isInstanceOf(LeaseLostException.class);
        assertThat(job(job.id())).isEqualTo(second.job());
        assertThat(jobs.countGroups(job.id())).isZero();
        assertThat(second.isHeld()).isTrue();
    }

    @Test
    void handsTheJobOfADeadProcessOnAtTheEndOfTheLeaseThatSignsOfLifeKeepAndNotLater() {
        // given: a step may take very long, and the process dies just after a sign of life
        Duration lease = SignsOfLife.leaseFor(Duration.ofHours(1));
        Job job = submit("alex");
        Lease dying = jobs.claim(REPORTS, "dying", lease).orElseThrow();
        clock.advance(Duration.ofSeconds(7));
        dying.renew();

        // then
        clock.advance(lease.minusMillis(1));
        assertThat(jobs.claim(REPORTS, "heir", lease)).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(jobs.claim(REPORTS, "heir", lease).orElseThrow().job().id()).isEqualTo(job.id());
    }

    @Test
    void knowsALeaseByItsNumberAndNotByTheNameOfItsWorker() {
        // given: a worker that loses a job to itself
        submit("alex");
        Lease first = claim();
        clock.advance(LEASE);
        Lease second = claim();

        // then
        assertThat(first.isHeld()).isFalse();
        assertThat(second.isHeld()).isTrue();
    }

    @Test
    void keepsALeaseThatRanOutAsLongAsNobodyTookTheJobOver() {
        // given: a step that took longer than the lease
        Job job = submit("alex");
        Lease lease = claim();
        clock.advance(LEASE.multipliedBy(2));

        // when
        lease.commit(step("page 1"));

        // then
        assertThat(job(job.id()).checkpoint()).contains("page 1");
        assertThat(tryToClaim()).isEmpty();
    }

    @Test
    void renewsALeaseWithEveryStepAndOnRequest() {
        // given
        submit("alex");
        Lease lease = claim();

        // when
        clock.advance(LEASE.minusSeconds(1));
        lease.renew();
        clock.advance(LEASE.minusSeconds(1));
        lease.commit(step("page 1"));
        clock.advance(LEASE.minusSeconds(1));

        // then
        assertThat(tryToClaim()).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(tryToClaim()).isPresent();
    }

    @Test
    void refusesALeaseThatEndsAtOnce() {
        assertThatThrownBy(() -> jobs.claim(REPORTS, "worker", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void leavesAJobThatIsPutOffAloneUntilItsMoment() {
        // given
        Job job = submit("alex");
        Lease lease = claim();
        lease.commit(step("page 1"));

        // when: to the first moment after it
        lease.putOff(NOON.plusSeconds(30).minusNanos(1), "waits for the quota");

        // then
        assertThat(job(job.id()).state()).isEqualTo(JobState.QUEUED);
        assertThat(job(job.id()).progress()).isEqualTo("waits for the quota");
        assertThat(job(job.id()).notBefore()).isEqualTo(NOON.plusSeconds(30));
        assertThat(lease.isHeld()).isFalse();
        clock.advance(Duration.ofMillis(29_999));
        assertThat(tryToClaim()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(claim().job().checkpoint()).contains("page 1");
    }

    @Test
    void givesEveryJobItsTurn() {
        // given: three jobs, the first of which is put off again and again
        Job first = submit("alex");
        clock.advance(Duration.ofSeconds(1));
        Job second = submit("sam");
        Job third = submit("sam");

        // when
        List<String> turns = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(10));
            Lease lease = claim();
            turns.add(lease.job().id());
            lease.putOff(clock.instant(), "");
        }

        // then
        assertThat(turns).containsExactly(first.id(), second.id(), third.id());
    }

    @Test
    void endsAJobWithItsExplanation() {
        // given
        Job job = submit("alex");
        Lease lease = claim();
        clock.advance(Duration.ofSeconds(5));

        // when
        lease.finish(JobState.INCOMPLETE, "half", Optional.of("One day could not be read."));

        // then
        Job over = job(job.id());
        assertThat(over).isEqualTo(lease.job());
        assertThat(over.state()).isEqualTo(JobState.INCOMPLETE);
        assertThat(over.progress()).isEqualTo("half");
        assertThat(over.explanation()).contains("One day could not be read.");
        assertThat(over.finishedAt()).contains(NOON.plusSeconds(5));
        assertThat(over.expiresAt()).contains(NOON.plusSeconds(5).plus(WEEK));
        clock.advance(LEASE);
        assertThat(tryToClaim()).isEmpty();
        assertThatThrownBy(lease::renew).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void doesNotEndAJobInAStateThatIsNoEnd() {
        // given
        submit("alex");
        Lease lease = claim();

        // then
        for (JobState state : List.of(JobState.QUEUED, JobState.RUNNING, JobState.EXPIRED)) {
            assertThatThrownBy(() -> lease.finish(state, "", Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(lease.isHeld()).isTrue();
    }

    @Test
    void cancelsAJobThatNobodyHasTakenYet() {
        // given
        Job job = submit("alex");

        // when
        Optional<Job> cancelled = jobs.cancel(job.id());

        // then
        assertThat(cancelled).contains(job(job.id()));
        assertThat(job(job.id()).state()).isEqualTo(JobState.CANCELLED);
        assertThat(job(job.id()).finishedAt()).contains(NOON);
        assertThat(job(job.id()).expiresAt()).contains(NOON.plus(WEEK));
        assertThat(tryToClaim()).isEmpty();
    }

    @Test
    void tellsTheWorkerOfACancelledJobAtItsNextStepAndKeepsWhatWasFound() {
        // given
        Job job = submit("alex");
        Lease lease = claim();
        lease.commit(step("page 1", finding("g", "k", NOON)));

        // when
        jobs.cancel(job.id());

        // then
        assertThat(lease.isHeld()).isFalse();
        assertThatThrownBy(() -> lease.commit(step("page 2", finding("g2", "k2", NOON))))
                .isInstanceOf(LeaseLostException.class);
        assertThat(jobs.findings(job.id(), Optional.empty(), 10))
                .extracting(FindingGroup::key)
                .containsExactly("g");
        clock.advance(LEASE);
        assertThat(tryToClaim()).isEmpty();
    }

    @Test
    void doesNotCancelWhatIsOver() {
        // given
        Job job = submit("alex");
        claim().finish(JobState.COMPLETE, "done", Optional.empty());
        Job over = job(job.id());

        // then
        assertThat(jobs.cancel(job.id())).contains(over);
        assertThat(job(job.id())).isEqualTo(over);
        assertThat(jobs.cancel("unknown")).isEmpty();
    }
}
