package org.mailtrace.exo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Report;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.TickingClock;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.HistoryWords;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.sqlite.SqliteStore;

class ThoroughSearchTest {
    private static final String ANA = "ana@rivercounty.example";
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final TraceRow ROW =
            FakeTraces.row(FakeTraces.id(1), NOW.minus(Duration.ofDays(20)), ANA, "delivered");

    @TempDir
    private Path folder;

    private final TickingClock clock = new TickingClock(NOW.toString());
    private final FakeTraces traces = new FakeTraces(2);
    private final Scripted other = new Scripted();
    private Jobs jobs;
    private Desk desk;

    @BeforeEach
    void open() {
        jobs = SqliteStore.open(folder.resolve("jobs.db"), clock).jobs();
        desk = new Desk(jobs, traces, Map.of("mailtrace.exo.report.read-again", "0s"), List.of(other), clock);
        traces.rows.add(ROW);
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    @Test
    void takesAThoroughReportOverAndLeavesOthersAlone() {
        // given
        other.stages.add(() -> found(true, Optional.of(List.of(event()))));
        Job thorough = order(true);
        Job plain = order(false);

        // when
        desk.work();

        // then
        assertThat(desk.report(thorough.id()).status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(desk.observations(thorough.id())).singleElement().matches(found -> found.detailsFetched());
        assertThat(traces.detailsAsked).isEmpty();
        assertThat(desk.report(plain.id()).status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(traces.pagesAsked).hasSize(3);
        assertThat(other.memories).containsExactly(Optional.empty());
    }

    @Test
    void waitsAndRemembersWhatItWasTold() {
        // given
        other.stages.add(
                () -> new ThoroughSearch.Waiting("search 4711", NOW.plusSeconds(600), "The search is being prepared."));
        other.stages.add(() -> found(false, Optional.empty()));
        other.stages.add(() -> found(true, Optional.empty()));
        Job job = order(true);

        // when
        desk.work();
        Report waiting = desk.report(job.id());
        clock.advance(Duration.ofMinutes(10));
        desk.work();

        // then
        assertThat(waiting.progress().waitsFor()).contains("The search is being prepared.");
        assertThat(waiting.progress().waitsUntil()).contains(NOW.plusSeconds(600));
        assertThat(other.memories).containsExactly(Optional.empty(), Optional.of("search 4711"), Optional.of("next"));
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
        // What it could not say about events is read in the usual way.
        assertThat(traces.detailsAsked).containsExactly(ANA);
    }

    @Test
    void readsInTheUsualWayWhatTheOtherWayCannot() {
        // given
        other.stages.add(() -> new ThoroughSearch.Declined("Historical searches are used up for today."));
        Job declined = order(true);
        desk.work();
        other.stages.add(() -> {
            throw new SourceFailure(SourceState.CANNOT_ANSWER, Words.GRAPH_REFUSED_QUESTION);
        });
        Job refused = order(true);

        // when
        desk.work();

        // then
        assertThat(desk.report(declined.id()).warnings()).containsExactly("Historical searches are used up for today.");
        assertThat(desk.report(refused.id()).warnings())
                .containsExactly(Words.GRAPH_REFUSED_QUESTION + " " + ReportWords.THE_USUAL_WAY);
        assertThat(List.of(declined, refused)).allSatisfy(job -> {
            assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
            assertThat(desk.observations(job.id())).hasSize(1);
        });
    }

    @Test
    void readsInTheUsualWayWhenOnlyTheOtherWayIsForbidden() {
        // given
        other.stages.add(() -> {
            throw new SourceFailure(SourceState.DENIED, "The role is missing.");
        });
        Job job = order(true);

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(report.warnings()).containsExactly("The role is missing. " + ReportWords.THE_USUAL_WAY);
        assertThat(desk.observations(job.id())).hasSize(1);
    }

    @Test
    void saysThatSearchesAndNotTraceRequestsAreUsedUp() {
        // given
        other.stages.add(() -> {
            throw new SourceFailure(
                    SourceState.THROTTLED, HistoryWords.NO_SEARCHES_LEFT, Optional.of(Duration.ofHours(2)), null);
        });
        Job job = order(true);

        // when
        desk.work();

        // then
        assertThat(desk.report(job.id()).progress().waitsFor()).contains(HistoryWords.NO_SEARCHES_LEFT);
    }

    @Test
    void asksForNothingAnyMoreWhenItWasGivenUp() {
        // given
        other.stages.add(() -> new ThoroughSearch.Waiting("search 4711", NOW.plusSeconds(600), "Send it by PUT."));
        Job job = order(true);
        desk.work();
        clock.advance(Duration.ofHours(25));

        // when
        desk.work();

        // then
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.FAILED);
        assertThat(desk.report(job.id()).explanation().orElseThrow())
                .contains(ReportWords.OTHER_WAY_NOT_DONE)
                .doesNotContain("PUT");
    }

    @Test
    void keepsOnlyRowsThatWereAskedFor() {
        // given
        other.stages.add(() -> new ThoroughSearch.Found(
                "",
                List.of(new ThoroughSearch.Row(
                        FakeTraces.row(FakeTraces.id(2), ROW.receivedAt(), "ben@rivercounty.example", "failed"),
                        Optional.empty())),
                true,
                List.of()));
        Job job = order(true);

        // when
        desk.work();

        // then
        assertThat(desk.observations(job.id())).isEmpty();
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
    }

    @Test
    void saysThatStretchesAreUnreadWhenTheOtherWayBroughtAllRowsThatItMayKeep() {
        // given
        desk = new Desk(jobs, traces, Map.of("mailtrace.exo.report.max-rows", "1"), List.of(other), clock);
        other.stages.add(() -> found(false, Optional.of(List.of(event()))));
        other.stages.add(() -> finished(NOW.minus(Duration.ofDays(1))));
        Job job = order(true);

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(traces.pagesAsked).isEmpty();
        assertThat(report.status()).isEqualTo(ReportStatus.INCOMPLETE);
        assertThat(report.state()).isEqualTo(SourceState.TRUNCATED);
        assertThat(report.explanation().orElseThrow()).contains(ReportWords.TOO_MANY_ROWS);
        assertThat(report.absenceProvenUntil()).isEmpty();
    }

    @Test
    void isCompleteWhenTheOtherWayBroughtAllRowsThatItMayKeepAndNothingIsUnread() {
        // given
        desk = new Desk(
                jobs,
                traces,
                Map.of("mailtrace.exo.report.max-rows", "1", "mailtrace.exo.report.read-again", "0s"),
                List.of(other),
                clock);
        other.stages.add(() -> found(false, Optional.of(List.of(event()))));
        other.stages.add(() -> finished(NOW));
        Job job = order(true);

        // when
        desk.work();

        // then
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
    }

    private static ThoroughSearch.Finished finished(Instant upTo) {
        return new ThoroughSearch.Finished(upTo, Optional.empty(), List.of());
    }

    private Job order(boolean advanced) {
        return desk.order(Map.of(
                "recipient",
                ANA,
                "from",
                NOW.minus(Duration.ofDays(25)).toString(),
                "advanced",
                Boolean.toString(advanced)));
    }

    private static ThoroughSearch.Found found(boolean last, Optional<List<DetailEvent>> events) {
        return new ThoroughSearch.Found("next", List.of(new ThoroughSearch.Row(ROW, events)), last, List.of());
    }

    private static DetailEvent event() {
        return new DetailEvent(ROW.receivedAt(), EventType.DELIVER, "DELIVER", "", "", List.of());
    }

    private static final class Scripted implements ThoroughSearch {
        private final Deque<Supplier<Stage>> stages = new ArrayDeque<>();
        private final List<Optional<String>> memories = new ArrayList<>();

        @Override
        public boolean takesOver(Question question) {
            return true;
        }

        @Override
        public Stage goOn(Task task, Errand errand) {
            memories.add(task.memory());
            return stages.removeFirst().get();
        }
    }
}
