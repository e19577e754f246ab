package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Taking a job in, once for each key, and finding it again. */
class SubmissionTest extends OnEveryEngine {
    @Test
    void takesAJobInAndKnowsIt() {
        // when
        Submission submission = jobs.submit(job("alex", Optional.empty(), "what is asked"));

        // then
        Job job = submission.job();
        assertThat(submission).isInstanceOf(Submission.Accepted.class);
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
        assertThat(job.kind()).isEqualTo("report");
        assertThat(job.owner()).isEqualTo("alex");
        assertThat(job.request()).isEqualTo("what is asked");
        assertThat(job.progress()).isEqualTo("nothing yet");
        assertThat(job.checkpoint()).isEmpty();
        assertThat(job.explanation()).isEmpty();
        assertThat(job.createdAt()).isEqualTo(NOON);
        assertThat(job.notBefore()).isEqualTo(NOON);
        assertThat(job.startedAt()).isEmpty();
        assertThat(job.finishedAt()).isEmpty();
        assertThat(job.expiresAt()).isEmpty();
        assertThat(jobs.find(job.id())).contains(job);
        assertThat(jobs.find("unknown")).isEmpty();
    }

    @Test
    void givesIdsThatNobodyCanGuess() {
        // when
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            ids.add(submit("alex").id());
        }

        // then
        assertThat(ids).hasSize(50).allSatisfy(id -> assertThat(id).matches("[A-Za-z0-9_-]{24}"));
    }

    @Test
    void leadsTheSameKeyAndRequestToTheSameJobWhateverBecameOfIt() {
        // given
        NewJob job = job("alex", Optional.of("key"), "a");
        String id = jobs.submit(job).job().id();

        // then
        assertThat(jobs.submit(job)).isEqualTo(new Submission.Repeated(job(id)));
        claim().finish(JobState.COMPLETE, "done", Optional.empty());
        assertThat(jobs.submit(job)).isEqualTo(new Submission.Repeated(job(id)));
        clock.advance(WEEK);
        jobs.expire(clock.instant());
        assertThat(jobs.submit(job)).isEqualTo(new Submission.Repeated(job(id)));
        assertThat(job(id).state()).isEqualTo(JobState.EXPIRED);

        // and: when it is forgotten, so is its key
        clock.advance(WEEK);
        jobs.expire(clock.instant());
        assertThat(jobs.submit(job)).isInstanceOf(Submission.Accepted.class);
    }

    @Test
    void refusesAnotherRequestUnderTheSameKey() {
        // given
        Job first = jobs.submit(job("alex", Optional.of("key"), "a")).job();

        // when, then
        assertThat(jobs.submit(job("alex", Optional.of("key"), "b"))).isEqualTo(new Submission.Conflicting(first));
        assertThat(jobs.newest("report", 10)).containsExactly(first);
    }

    @Test
    void keepsKeysOfOwnersAndKindsApart() {
        // given
        jobs.submit(job("alex", Optional.of("key"), "a"));

        // then
        assertThat(jobs.submit(job("sam", Optional.of("key"), "b"))).isInstanceOf(Submission.Accepted.class);
        assertThat(jobs.submit(new NewJob("call-back", "alex", Optional.of("key"), "c", "", WEEK)))
                .isInstanceOf(Submission.Accepted.class);
        assertThat(jobs.submit(job("alex", Optional.empty(), "a"))).isInstanceOf(Submission.Accepted.class);
    }

    @Test
    void listsTheNewestOfAKindFirst() {
        // given
        Job first = submit("alex");
        Job second = submit("sam");
        jobs.submit(new NewJob("call-back", "alex", Optional.empty(), "c", "", WEEK));
        Job third = submit("alex");

        // then
        assertThat(jobs.newest("report", 2)).containsExactly(third, second);
        assertThat(jobs.newest("report", 9)).containsExactly(third, second, first);
        assertThat(jobs.newest("unknown", 9)).isEmpty();
    }

    @Test
    void listsTheNewestOfOneOwnerHoweverManyOthersHaveNewerOnes() {
        // given
        Job first = submit("alex");
        Job second = submit("alex");
        jobs.submit(new NewJob("call-back", "alex", Optional.empty(), "c", "", WEEK));
        submit("sam");
        submit("sam");

        // then
        assertThat(jobs.newest("report", "alex", 1)).containsExactly(second);
        assertThat(jobs.newest("report", "alex", 9)).containsExactly(second, first);
        assertThat(jobs.newest("report", "nobody", 9)).isEmpty();
    }

    @Test
    void takesNoMoreInThanOneOwnerMayHaveButFindsWhatIsThere() {
        // given
        NewJob keyed = job("alex", Optional.of("key"), "a");
        String first = jobs.submit(keyed, 2).orElseThrow().job().id();
        submit("alex");

        // then
        assertThat(jobs.submit(job("alex", Optional.empty(), "c"), 2)).isEmpty();
        assertThat(jobs.unfinished("report", "alex")).isEqualTo(2);
        assertThat(jobs.submit(keyed, 2).orElseThrow()).isInstanceOf(Submission.Repeated.class);
        assertThat(jobs.submit(job("sam", Optional.empty(), "d"), 2)).isPresent();
        jobs.cancel(first);
        assertThat(jobs.submit(job("alex", Optional.empty(), "e"), 2)).isPresent();
    }

    @Test
    void takesNoMoreInHoweverManyComeAtOnceToSeveralReplicas() throws Exception {
        // when
        int owners = 40;
        long taken = 0;
        try (Jobs other = replica();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> crowd = IntStream.range(0, 4 * owners)
                    .<Callable<Boolean>>mapToObj(i -> () -> (i % 2 == 0 ? jobs : other)
                            .submit(job("owner " + i / 4, Optional.empty(), "a"), 1)
                            .isPresent())
                    .toList();
            for (Future<Boolean> each : threads.invokeAll(crowd)) {
                taken += each.get() ? 1 : 0;
            }
        }

        // then
        assertThat(taken).isEqualTo(owners);
    }

    @Test
    void countsWhatIsNotOverOfOneOwner() {
        // given
        submit("alex");
        submit("alex");
        submit("sam");
        jobs.cancel(submit("alex").id());
        claim();

        // then
        assertThat(jobs.unfinished("report", "alex")).isEqualTo(2);
        assertThat(jobs.unfinished("report", "sam")).isEqualTo(1);
        assertThat(jobs.unfinished("report", "ana")).isZero();
        assertThat(jobs.unfinished("call-back", "alex")).isZero();
    }
}
