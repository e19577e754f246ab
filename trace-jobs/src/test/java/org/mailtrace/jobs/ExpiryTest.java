package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a job that is over. */
class ExpiryTest extends OnEveryEngine {
    @Test
    void expiresWhatIsOverAndForgetsItAfterAsLongAgain() {
        // given: more than is removed at once
        Job job = submit("alex");
        Job running = submit("alex");
        Lease lease = claim();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 4500; i++) {
            findings.add(finding("g" + i, "k" + i, NOON));
        }
        lease.commit(new Step("page 1", "", findings));
        lease.finish(JobState.COMPLETE, "done", Optional.empty());

        // then
        clock.advance(WEEK.minusMillis(1));
        assertThat(jobs.expire(clock.instant())).isZero();
        assertThat(jobs.countGroups(job.id())).isEqualTo(4500);
        clock.advance(Duration.ofMillis(1));
        assertThat(jobs.expire(clock.instant())).isEqualTo(1);
        assertThat(jobs.expire(clock.instant())).isZero();
        Job expired = job(job.id());
        assertThat(expired.state()).isEqualTo(JobState.EXPIRED);
        assertThat(expired.request()).isEmpty();
        assertThat(expired.checkpoint()).isEmpty();
        assertThat(jobs.findings(job.id(), Optional.empty(), 10)).isEmpty();
        assertThat(jobs.countGroups(job.id())).isZero();

        // and
        clock.advance(WEEK.minusMillis(1));
        jobs.expire(clock.instant());
        assertThat(jobs.find(job.id())).isPresent();
        clock.advance(Duration.ofMillis(1));
        jobs.expire(clock.instant());
        assertThat(jobs.find(job.id())).isEmpty();
        assertThat(job(running.id()).state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void keepsAResultForEverIfToldSo() {
        // given
        jobs.submit(new NewJob("report", "alex", Optional.empty(), "a", "", Duration.ofSeconds(Long.MAX_VALUE)));
        Lease lease = claim();

        // when
        lease.finish(JobState.COMPLETE, "", Optional.empty());

        // then
        clock.advance(Duration.ofDays(365_000));
        assertThat(jobs.expire(clock.instant())).isZero();
    }
}
