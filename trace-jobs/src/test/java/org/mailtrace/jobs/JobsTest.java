package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Engine.class)
class JobsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Set<String> REPORTS = Set.of("report");

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    private final SettableClock clock = new SettableClock(NOON);
    private Jobs jobs;

    @BeforeEach
    void open() {
        jobs = Engine.open(engine.newAddress(folder), clock).jobs();
    }

    @AfterEach
    void close() {
        jobs.close();
    }

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

    @Test
    void ordersGroupsByTheirEarliestFindingLatestFirst() {
        // given
        Job job = submit("alex");
        claim().commit(step(
                "page 1",
                finding("early", "3", NOON.plusSeconds(1)),
                finding("early", "1", NOON.plusSeconds(9)),
                finding("tie-b", "4", NOON.plusSeconds(5)),
                finding("tie-a", "5", NOON.plusSeconds(5)),
                finding("late", "2", NOON.plusSeconds(7).plusNanos(999_999))));

        // when
        List<FindingGroup> groups = jobs.findings(job.id(), Optional.empty(), 10);

        // then
        assertThat(groups).extracting(FindingGroup::key).containsExactly("late", "tie-a", "tie-b", "early");
        assertThat(groups)
                .extracting(FindingGroup::firstAt)
                .containsExactly(NOON.plusSeconds(7), NOON.plusSeconds(5), NOON.plusSeconds(5), NOON.plusSeconds(1));
        assertThat(groups.getLast().findings())
                .containsExactly(
                        finding("early", "1", NOON.plusSeconds(9)), finding("early", "3", NOON.plusSeconds(1)));
        assertThat(jobs.countGroups(job.id())).isEqualTo(4);
    }

    @Test
    void replacesAFindingAndMovesItsGroupInBothDirections() {
        // given
        Job job = submit("alex");
        Lease lease = claim();
        lease.commit(step("1", finding("g", "a", NOON), finding("g", "b", NOON.plusSeconds(5))));

        // when: the earliest one turns out to be later
        lease.commit(step("2", finding("g", "a", NOON.plusSeconds(9))));

        // then
        assertThat(only(job).firstAt()).isEqualTo(NOON.plusSeconds(5));
        assertThat(only(job).findings()).hasSize(2);

        // and: earlier again
        lease.commit(step("3", finding("g", "b", NOON.minusSeconds(1))));
        assertThat(only(job).firstAt()).isEqualTo(NOON.minusSeconds(1));
    }

    @Test
    void movesAFindingToAnotherGroupAndDropsAGroupThatIsEmpty() {
        // given
        Job job = submit("alex");
        Lease lease = claim();
        lease.commit(step("1", finding("g", "a", NOON), finding("g", "b", NOON.plusSeconds(5))));

        // when, then
        lease.commit(step("2", finding("h", "a", NOON)));
        assertThat(jobs.findings(job.id(), Optional.empty(), 10))
                .containsExactly(
                        new FindingGroup("g", NOON.plusSeconds(5), List.of(finding("g", "b", NOON.plusSeconds(5)))),
                        new FindingGroup("h", NOON, List.of(finding("h", "a", NOON))));

        // and
        lease.commit(step("3", finding("h", "b", NOON.plusSeconds(5))));
        assertThat(only(job).key()).isEqualTo("h");
        assertThat(jobs.countGroups(job.id())).isEqualTo(1);
    }

    @Test
    void takesTheLaterOfTwoFindingsWithOneKeyInOneStep() {
        // given
        Job job = submit("alex");

        // when
        claim().commit(step("1", finding("g", "a", NOON), finding("h", "a", NOON.plusSeconds(1))));

        // then
        assertThat(only(job).key()).isEqualTo("h");
    }

    @Test
    void keepsFindingsOfJobsApart() {
        // given
        Job first = submit("alex");
        Job second = submit("alex");
        claim().commit(step("1", finding("g", "a", NOON)));
        claim().commit(step("1", finding("g", "a", NOON.plusSeconds(1))));

        // then
        assertThat(only(first).firstAt()).isEqualTo(NOON);
        assertThat(only(second).firstAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(jobs.findings("unknown", Optional.empty(), 10)).isEmpty();
        assertThat(jobs.countGroups("unknown")).isZero();
    }

    @Test
    void pagesThroughEveryGroupOnceAlsoWhereAllHaveOneTime() {
        // given
        Job job = submit("alex");
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            findings.add(finding("g" + i, "k" + i, i < 70 ? NOON : NOON.plusSeconds(i)));
        }
        claim().commit(new Step("1", "", findings));

        // when
        List<String> seen = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        List<FindingGroup> page = jobs.findings(job.id(), after, 7);
        while (!page.isEmpty()) {
            page.forEach(group -> seen.add(group.key()));
            after = Optional.of(
                    new Place(page.getLast().firstAt(), page.getLast().key()));
            page = jobs.findings(job.id(), after, 7);
        }

        // then
        assertThat(seen).hasSize(100).doesNotHaveDuplicates();
        assertThat(seen.getFirst()).isEqualTo("g99");
    }

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

    @Test
    void refusesALeaseThatEndsAtOnce() {
        assertThatThrownBy(() -> jobs.claim(REPORTS, "worker", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Job submit(String owner) {
        return jobs.submit(job(owner, Optional.empty(), "asked")).job();
    }

    private static NewJob job(String owner, Optional<String> key, String request) {
        return new NewJob("report", owner, key, request, "nothing yet", WEEK);
    }

    private Job job(String id) {
        return jobs.find(id).orElseThrow();
    }

    private Lease claim() {
        return tryToClaim().orElseThrow();
    }

    private Optional<Lease> tryToClaim() {
        return jobs.claim(REPORTS, "worker", LEASE);
    }

    private FindingGroup only(Job job) {
        List<FindingGroup> groups = jobs.findings(job.id(), Optional.empty(), 10);
        assertThat(groups).hasSize(1);
        return groups.getFirst();
    }

    private static Step step(String checkpoint, Finding... findings) {
        return new Step(checkpoint, "at " + checkpoint, List.of(findings));
    }

    private static Finding finding(String group, String key, Instant at) {
        return new Finding(group, key, at, "body of " + key);
    }
}
