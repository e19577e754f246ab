package org.mailtrace.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.MovableClock;
import org.mailtrace.gateway.Settings;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.audit.AuditSettings;
import org.mailtrace.gateway.audit.Purpose;
import org.mailtrace.gateway.search.Asking;
import org.mailtrace.gateway.search.AskingParser;
import org.mailtrace.gateway.search.Cursors;
import org.mailtrace.gateway.search.Seal;
import org.mailtrace.gateway.search.Whole;
import org.mailtrace.gateway.store.Rest;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.gateway.words.ReportWords;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.http.json.JsonRules;
import org.mailtrace.jobs.FindingGroup;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.sqlite.SqliteStore;

/** Reports as they are worked on, with a store that is closed in the middle of it and opened again. */
class ReportRunTest {
    /** The process is gone: nobody catches it, nothing is given back. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock(Flow.NOW);
    private final ScriptedDesk desk = new ScriptedDesk();
    private final ReportSettings settings = Settings.of(ReportSettings.class, Map.of());
    private final ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
    private final StoredJson json = new StoredJson(mapper);
    private final List<String> told = new ArrayList<>();
    private final List<Map<String, List<Observation>>> concluded = new ArrayList<>();
    private final List<Checkpoint> gathered = new ArrayList<>();
    private final ReentrantLock alone = new ReentrantLock();
    private Concluding concluding = this::conclude;
    private Credentials credentials = id -> new Caller("Bearer own", id);
    private Jobs jobs;

    @BeforeEach
    void open() {
        new JsonRules().customize(mapper);
        jobs = SqliteStore.open(folder.resolve("jobs.db"), clock).jobs();
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    @Test
    void afterAKillItGoesOnFromTheLastStoredPage() {
        // given
        desk.answers.put("edge", cursor -> {
            if (cursor.equals(Optional.of("2")) && count("edge 2") == 1) {
                throw new Killed();
            }
            return ScriptedDesk.page("edge", 4, cursor);
        });
        Job job = order();
        assertThatThrownBy(this::work).isInstanceOf(Killed.class);

        // when
        reopen();
        boolean tooEarly = work();
        clock.advance(settings.lease());
        boolean then = work();

        // then
        assertThat(tooEarly).isFalse();
        assertThat(then).isTrue();
        assertThat(state(job)).isEqualTo(JobState.COMPLETE);
        assertThat(desk.asked.stream().filter(ask -> ask.startsWith("edge")))
                .containsExactly("edge first", "edge 1", "edge 2", "edge 2", "edge 3");
        assertThat(concluded.getLast().get("edge"))
                .extracting(Observation::messageId)
                .extracting(Optional::orElseThrow)
                .containsExactly(
                        "<0@contoso.example>", "<1@contoso.example>", "<2@contoso.example>", "<3@contoso.example>");
    }

    @Test
    void afterAKillWhileItIsConcludedNothingIsThereTwiceAndNoRowsAreLeft() {
        // given
        desk.pages("edge", 3);
        concluding = (asking, at, rows, caller) -> {
            if (concluded.isEmpty()) {
                conclude(asking, at, rows, caller);
                throw new Killed();
            }
            return conclude(asking, at, rows, caller);
        };
        Job job = order();
        assertThatThrownBy(this::work).isInstanceOf(Killed.class);

        // when
        reopen();
        clock.advance(settings.lease());
        work();

        // then
        assertThat(state(job)).isEqualTo(JobState.COMPLETE);
        List<FindingGroup> groups = jobs.findings(job.id(), Optional.empty(), 100);
        assertThat(groups.stream().filter(group -> group.key().startsWith("trace")))
                .hasSize(3);
        assertThat(groups.stream().filter(group -> group.key().startsWith("rows")))
                .isNotEmpty()
                .allSatisfy(
                        group -> assertThat(group.findings().getFirst().body()).isEmpty());
        assertThat(told).containsExactly("COMPLETE");
    }

    @Test
    void whoIsKilledAfterOrderingASourcesReportFindsItAgainByTheSameKey() {
        // given
        needsReport("cloud");
        Job job = order();
        credentials = id -> {
            if (count("order mailtrace-" + job.id()) == 1 && count("look r1") == 0) {
                throw new Killed();
            }
            return new Caller("Bearer own", id);
        };
        assertThatThrownBy(() -> {
                    work();
                    clock.advance(Duration.ofMinutes(2));
                    work();
                })
                .isInstanceOf(Killed.class);

        // when
        credentials = id -> new Caller("Bearer own", id);
        reopen();
        workUntilOver(job);

        // then
        assertThat(state(job)).isEqualTo(JobState.COMPLETE);
        assertThat(desk.asked.stream().filter(ask -> ask.startsWith("order")))
                .containsOnly("order mailtrace-" + job.id());
    }

    @Test
    void whoeverAnswersAtOnceIsAskedAfterTheReportsOfTheOthersAreRead() {
        // given
        needsReport("cloud");
        desk.pages("edge", 2);
        desk.status = ReportStatus.RUNNING;
        Job job = order();
        work();
        desk.status = ReportStatus.COMPLETE;

        // when
        workUntilOver(job);

        // then
        assertThat(desk.asked.subList(desk.asked.indexOf("read r1"), desk.asked.size()))
                .containsSubsequence("read r1", "edge first", "edge 1");
        assertThat(concluded.getLast().get("edge")).hasSize(2);
        assertThat(concluded.getLast().get("cloud")).hasSize(1);
    }

    @Test
    void looksAtASourcesReportOftenEnoughThatItsProofIsFresh() {
        // given: the source says ten minutes
        needsReport("cloud");
        Job job = order();
        work();

        // when
        clock.advance(settings.longestWait());
        work();

        // then
        assertThat(count("look r1")).isEqualTo(1);
        assertThat(job.state()).isEqualTo(JobState.QUEUED);
    }

    @Test
    void outlivesOutagesAndASpentQuota() {
        // given
        List<SourceState> states = new ArrayList<>(List.of(
                SourceState.TIMED_OUT,
                SourceState.THROTTLED,
                SourceState.THROTTLED,
                SourceState.THROTTLED,
                SourceState.CIRCUIT_OPEN,
                SourceState.THROTTLED,
                SourceState.FAILED,
                SourceState.THROTTLED,
                SourceState.THROTTLED));
        desk.answers.put(
                "edge",
                cursor -> states.isEmpty()
                        ? ScriptedDesk.page("edge", 1, cursor)
                        : SourceAnswer.without("edge", states.removeFirst(), "Not now.", 1));
        Job job = order();

        // when
        workUntilOver(job);

        // then
        assertThat(state(job)).isEqualTo(JobState.COMPLETE);
        assertThat(concluded.getLast().get("edge")).hasSize(1);
    }

    @Test
    void endsWithoutASourceThatStaysAwayAndKeepsWhatItGave() {
        // given
        desk.answers.put(
                "edge",
                cursor -> cursor.isEmpty()
                        ? ScriptedDesk.page("edge", 9, cursor)
                        : SourceAnswer.without("edge", SourceState.FAILED, "Not now.", 1));
        Job job = order();

        // when
        workUntilOver(job);

        // then
        assertThat(state("edge")).isEqualTo(SourceState.FAILED);
        assertThat(concluded.getLast().get("edge")).hasSize(1);
        assertThat(count("edge 1")).isEqualTo(1 + settings.maxFailures());
    }

    @Test
    void aReportThatTheSourceLostIsSaidToBeLost() {
        // given
        needsReport("cloud");
        desk.lost = true;
        Job job = order();

        // when
        workUntilOver(job);

        // then
        assertThat(state("cloud")).isEqualTo(SourceState.FAILED);
    }

    @Test
    void givesUpAfterADayWithWhatItHasAndCancelsWhatItBegan() {
        // given
        needsReport("cloud");
        desk.pages("edge", 1);
        desk.status = ReportStatus.RUNNING;
        Job job = order();
        work();

        // when
        clock.advance(settings.giveUpAfter().plusSeconds(1));
        workUntilOver(job);

        // then
        assertThat(state("cloud")).isEqualTo(SourceState.TIMED_OUT);
        assertThat(desk.asked).contains("cancel r1");
        assertThat(told).hasSize(1);
    }

    @Test
    void waitsForATokenOfItsOwn() {
        // given
        credentials = id -> {
            throw SourceFailure.ofOurOwn(SourceState.FAILED, "No token.", new IllegalStateException());
        };
        Job job = order();

        // when
        work();

        // then
        assertThat(state(job)).isEqualTo(JobState.QUEUED);
        assertThat(jobs.find(job.id()).orElseThrow().progress()).contains("No token.");
        assertThat(desk.asked).isEmpty();
    }

    @Test
    void failsIfItNeverGetsATokenOfItsOwn() {
        // given
        credentials = id -> {
            throw SourceFailure.ofOurOwn(SourceState.FAILED, "No token.", new IllegalStateException());
        };
        Job job = order();
        work();

        // when
        clock.advance(settings.giveUpAfter());
        workUntilOver(job);

        // then
        assertThat(state(job)).isEqualTo(JobState.FAILED);
        assertThat(told).containsExactly("FAILED");
    }

    @Test
    void aSourceThatWantsToBeLeftAloneForDaysDoesNotKeepAReportForDays() {
        // given
        desk.answers.put(
                "edge",
                cursor -> SourceAnswer.without("edge", SourceState.THROTTLED, "Not now.", 1, Optional.of(400_000L)));
        Job job = order();

        // when
        work();
        clock.advance(settings.giveUpAfter());
        workUntilOver(job);

        // then
        assertThat(state(job)).isEqualTo(JobState.INCOMPLETE);
        assertThat(state("edge")).isEqualTo(SourceState.TIMED_OUT);
        assertThat(clock.instant())
                .isBefore(Flow.NOW.plus(settings.giveUpAfter()).plusSeconds(120));
    }

    @Test
    void cancelsAReportThatWasOrderedWhileItWasCancelled() {
        // given
        needsReport("cloud");
        Job job = order();
        credentials = id -> {
            if (count("cloud first") == 1) {
                jobs.cancel(job.id());
            }
            return new Caller("Bearer own", id);
        };

        // when
        work();

        // then
        assertThat(state(job)).isEqualTo(JobState.CANCELLED);
        assertThat(desk.asked).contains("order mailtrace-" + job.id(), "cancel r1");
        assertThat(told).isEmpty();
    }

    @Test
    void aReportThatBreaksFailsWithASentenceAndWithoutAResult() {
        // given
        concluding = (asking, at, rows, caller) -> {
            throw new IllegalStateException("broken on purpose");
        };
        Job job = order();

        // when
        work();

        // then
        assertThat(state(job)).isEqualTo(JobState.FAILED);
        assertThat(jobs.find(job.id()).orElseThrow().explanation().orElseThrow())
                .contains("administrator")
                .doesNotContain("purpose");
        assertThat(told).containsExactly("FAILED");
    }

    @Test
    void isGivenBackWhenTheServiceStops() {
        // given
        Job job = order();
        Lease lease = claim().orElseThrow();

        // when
        new ReportRun(lease, tools(), new Over(true)).run();

        // then
        assertThat(state(job)).isEqualTo(JobState.QUEUED);
        assertThat(claim()).isPresent();
    }

    @Test
    void anExpiredReportHasNeitherTracesNorWhatWasAsked() {
        // given
        desk.pages("edge", 2);
        Job job = order();
        workUntilOver(job);

        // when
        clock.advance(Duration.ofDays(8));
        jobs.expire(clock.instant());

        // then
        Job expired = jobs.find(job.id()).orElseThrow();
        assertThat(expired.state()).isEqualTo(JobState.EXPIRED);
        assertThat(expired.request()).isEmpty();
        assertThat(expired.progress()).doesNotContain(Flow.ANA, "contoso");
        assertThat(jobs.findings(job.id(), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void isNotConcludedWhileAnotherOneIsBecauseAllRowsAreInMemoryThen() {
        // given
        desk.pages("edge", 2);
        Job first = order();
        Job second = order();
        List<JobState> meanwhile = new ArrayList<>();
        List<String> said = new ArrayList<>();
        concluding = (asking, at, rows, caller) -> {
            if (concluded.isEmpty()) {
                CompletableFuture.supplyAsync(this::work).join();
                meanwhile.add(state(second));
                said.add(jobs.find(second.id()).orElseThrow().progress());
            }
            return conclude(asking, at, rows, caller);
        };

        // when
        work();

        // then
        assertThat(state(first)).isEqualTo(JobState.COMPLETE);
        assertThat(meanwhile).containsExactly(JobState.QUEUED);
        assertThat(said).singleElement().asString().contains(ReportWords.ANOTHER_IS_CONCLUDED);
        assertThat(concluded).hasSize(1);

        // when
        workUntilOver(second);

        // then
        assertThat(state(second)).isEqualTo(JobState.COMPLETE);
    }

    private void needsReport(String source) {
        desk.answers.put(source, cursor -> SourceAnswer.without(source, SourceState.REPORT_REQUIRED, "A report.", 1));
        desk.reported = List.of(ScriptedDesk.row(source, 7));
    }

    private Job order() {
        TreeMap<String, List<String>> question = new TreeMap<>(Map.of("recipient", List.of(Flow.ANA)));
        return jobs.submit(new NewJob(
                        Reports.KIND,
                        "owner",
                        Optional.empty(),
                        json.write(new Order(question, Optional.empty())),
                        json.write(Standing.ofNew("https://mailtrace.rivercounty.example/")),
                        Duration.ofDays(7)))
                .job();
    }

    private Optional<Lease> claim() {
        return jobs.claim(Set.of(Reports.KIND), "worker", settings.lease());
    }

    private boolean work() {
        Optional<Lease> lease = claim();
        lease.ifPresent(held -> new ReportRun(held, tools(), new Over(false)).run());
        return lease.isPresent();
    }

    private void workUntilOver(Job job) {
        for (int i = 0; i < 200 && !state(job).isOver(); i++) {
            if (!work()) {
                clock.advance(Duration.ofSeconds(30));
            }
        }
    }

    private void reopen() {
        jobs.close();
        jobs = SqliteStore.open(folder.resolve("jobs.db"), clock).jobs();
    }

    private JobState state(Job job) {
        return jobs.find(job.id()).orElseThrow().state();
    }

    private SourceState state(String source) {
        return gathered.getLast().legs().stream()
                .filter(leg -> leg.source().equals(source))
                .findFirst()
                .flatMap(Leg::said)
                .orElseThrow()
                .state();
    }

    private long count(String ask) {
        return desk.asked.stream().filter(ask::equals).count();
    }

    private Tools tools() {
        Rows rows = new Rows(json);
        Gathering gathering = new Gathering(desk, rows, settings, clock);
        return new Tools(
                jobs,
                json,
                new AskingParser(
                        Flow.settings(),
                        new Purpose(Settings.of(AuditSettings.class, Map.of("mailtrace.audit.file", "unused"))),
                        new Cursors(new Seal(Flow.settings())),
                        clock),
                id -> credentials.caller(id),
                gathering,
                (legs, step) -> legs.stream().map(step).toList(),
                rows,
                (asking, at, found, caller) -> concluding.conclude(asking, at, found, caller),
                alone,
                new Kept(jobs, json, Flow.settings()),
                new Withdrawal(desk, id -> new Caller("Bearer own", id), new AtOnce()),
                (job, state, base) -> told.add(state.name()),
                new ReportMetrics(new SimpleMeterRegistry()),
                settings,
                clock);
    }

    private Whole.Result conclude(Asking asking, Checkpoint at, Map<String, List<Observation>> rows, Caller caller) {
        concluded.add(rows);
        gathered.add(at);
        return oneTraceEach(asking, at, rows);
    }

    /** One trace for each row; whether it is complete depends on the sources alone. */
    static Whole.Result oneTraceEach(Asking asking, Checkpoint at, Map<String, List<Observation>> rows) {
        List<Observation> all = rows.values().stream().flatMap(List::stream).toList();
        List<Whole.Kept> traces = IntStream.range(0, all.size())
                .mapToObj(i -> new Whole.Kept("key " + all.get(i).sourceId(), trace(all.get(i))))
                .toList();
        boolean complete = at.legs().stream()
                .allMatch(leg -> leg.said().orElseThrow().state().looked());
        return new Whole.Result(
                traces,
                new TraceAnswer(
                        new TraceAnswer.QueryEcho(
                                Optional.empty(),
                                List.of(Flow.ANA),
                                Optional.empty(),
                                Optional.empty(),
                                asking.question().from(),
                                asking.question().to(),
                                100,
                                Optional.empty()),
                        complete,
                        "So much was found.",
                        Optional.of("America/Denver"),
                        List.of(),
                        List.of(),
                        List.of(),
                        new TraceAnswer.PageLinks(Optional.empty())),
                true);
    }

    private static Trace trace(Observation row) {
        return new Trace(
                "t",
                row.messageId(),
                Optional.empty(),
                row.sender(),
                Optional.empty(),
                row.subject(),
                Optional.empty(),
                Direction.INBOUND,
                row.firstSeen(),
                row.lastSeen(),
                List.of(),
                new Trace.Join(Trace.Confidence.EXACT, List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Trace.Links("traces/t", List.of()));
    }

    record Over(boolean isOver) implements Rest {
        @Override
        public void rest(Duration span) {
            throw new IllegalStateException("the store works");
        }
    }

    /** Runs on the thread that asks for it. */
    static final class AtOnce extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
