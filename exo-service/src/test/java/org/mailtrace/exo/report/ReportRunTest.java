package org.mailtrace.exo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.Report;
import org.mailtrace.contract.ReportPhase;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.TickingClock;
import org.mailtrace.exo.rows.RowPage;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.Step;
import org.mailtrace.jobs.sqlite.SqliteStore;

class ReportRunTest {
    private static final String ANA = "ana@rivercounty.example";
    private static final String BEN = "ben@rivercounty.example";
    private static final String TEAM = "team@rivercounty.example";
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @TempDir
    private Path folder;

    private final TickingClock clock = new TickingClock(NOW.toString());
    private final FakeTraces traces = new FakeTraces(2);
    private final Map<String, String> settings = new HashMap<>();
    private Jobs jobs;

    @BeforeEach
    void open() {
        jobs = SqliteStore.open(folder.resolve("jobs.db"), clock).jobs();
        // Most tests are about one reading; those about the second one ask for it.
        settings.put("mailtrace.exo.report.read-again", "0s");
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    @Test
    void readsSlicesOfTenDaysNewestFirstAndIsComplete() {
        // given
        for (int day = 0; day < 25; day++) {
            traces.rows.add(FakeTraces.row(FakeTraces.id(day), daysAgo(day).minusSeconds(3600), ANA, "delivered"));
        }
        Desk desk = desk();
        Job job = desk.order(days(25));

        // when
        Report before = desk.report(job.id());
        desk.work();
        Report after = desk.report(job.id());

        // then
        assertThat(before.status()).isEqualTo(ReportStatus.QUEUED);
        assertThat(before.state()).isEqualTo(SourceState.PARTIAL);
        assertThat(before.cost().rowRequests()).isEqualTo(3);
        assertThat(before.progress().requests()).isZero();
        assertThat(after.status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(after.state()).isEqualTo(SourceState.ANSWERED);
        assertThat(after.explanation()).isEmpty();
        assertThat(after.progress().messages()).isEqualTo(25);
        assertThat(after.progress().slicesDone())
                .isEqualTo(after.progress().slices())
                .isEqualTo(3);
        assertThat(after.progress().pages()).isEqualTo(traces.pagesAsked.size());
        assertThat(after.searchedFrom()).contains(daysAgo(25));
        assertThat(after.searchedTo()).contains(NOW.minusSeconds(5));
        assertThat(after.absenceProvenUntil()).contains(NOW.minus(Duration.ofHours(1)));
        assertThat(traces.pagesAsked.getFirst()).startsWith(daysAgo(10).minusSeconds(5) + "/" + NOW.minusSeconds(5));
        assertThat(traces.pagesAsked.getLast()).startsWith(daysAgo(25).toString());
        assertThat(desk.observations(job.id())
                        .getFirst()
                        .recipients()
                        .getFirst()
                        .status())
                .isEqualTo(RecipientStatus.DELIVERED);
    }

    @Test
    void neverLooksLikeAnAnswerBeforeItIsOver() {
        // given
        Desk desk = desk();
        Job job = desk.order(days(25));
        traces.before(() -> {
            Report underWay = desk.report(job.id());
            assertThat(underWay.status()).isEqualTo(ReportStatus.RUNNING);
            assertThat(underWay.state().looked()).isFalse();
            assertThat(underWay.absenceProvenUntil()).isEmpty();
            assertThat(underWay.explanation()).isPresent();
        });

        // when
        desk.work();

        // then
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(traces.pagesAsked).hasSize(3);
    }

    @Test
    void goesOnAtThePageWhereItStopped() {
        // given
        messages(9);
        Desk desk = desk();
        Job job = desk.order(days(3));

        // when
        for (int stop = 1; stop <= 3; stop++) {
            int pages = traces.pagesAsked.size() + 1;
            desk.work(new Stopping(() -> traces.pagesAsked.size() >= pages), lease -> lease);
        }
        Report stopped = desk.report(job.id());
        desk.work();

        // then
        assertThat(stopped.status()).isEqualTo(ReportStatus.QUEUED);
        assertThat(stopped.progress().waitsFor()).contains(ReportWords.WAITS_FOR_WORKER);
        assertThat(stopped.progress().phase()).contains(ReportPhase.ROWS);
        assertThat(traces.pagesAsked).hasSize(5).doesNotHaveDuplicates();
        assertThat(desk.report(job.id()).progress().messages()).isEqualTo(9);
    }

    @Test
    void waitsForTheBudgetAndSaysUntilWhen() {
        // given
        messages(4);
        traces.failures.add(new SourceFailure(
                SourceState.THROTTLED, Words.BUDGET_SPENT, Optional.of(Duration.ofSeconds(90)), null));
        Desk desk = desk();
        Job job = desk.order(days(3));

        // when
        desk.work();
        Report waiting = desk.report(job.id());
        clock.advance(Duration.ofSeconds(91));
        desk.work();

        // then
        assertThat(waiting.status()).isEqualTo(ReportStatus.QUEUED);
        assertThat(waiting.state()).isEqualTo(SourceState.THROTTLED);
        assertThat(waiting.progress().waitsFor()).contains(ReportWords.WAITS_FOR_BUDGET);
        assertThat(waiting.progress().waitsUntil()).contains(NOW.plusSeconds(90));
        assertThat(waiting.retryAfterSeconds()).contains(90L);
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(desk.report(job.id()).progress().waitsFor()).isEmpty();
    }

    @Test
    void outlivesOutagesWithLongerAndLongerPauses() {
        // given
        messages(4);
        outages(3);
        Desk desk = desk();
        Job job = desk.order(days(3));

        // when
        desk.work();
        Optional<Instant> first = desk.report(job.id()).progress().waitsUntil();
        clock.advance(Duration.ofSeconds(10));
        desk.work();
        Optional<Instant> second = desk.report(job.id()).progress().waitsUntil();
        clock.advance(Duration.ofSeconds(20));
        desk.work();
        clock.advance(Duration.ofSeconds(40));
        desk.work();

        // then
        assertThat(first).contains(NOW.plusSeconds(10));
        assertThat(second).contains(NOW.plusSeconds(30));
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
    }

    @Test
    void failsWithTheSentenceWhenNothingCouldBeReadAtAll() {
        // given
        settings.put("mailtrace.exo.report.max-failures", "2");
        outages(3);
        Desk desk = desk();
        Job job = desk.order(days(3));

        // when
        workThroughPauses(desk, 3);

        // then
        Report report = desk.report(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.FAILED);
        assertThat(report.state()).isEqualTo(SourceState.FAILED);
        assertThat(report.explanation()).contains(Words.GRAPH_FAILED);
        assertThat(report.absenceProvenUntil()).isEmpty();
    }

    @Test
    void isIncompleteWhenOnlySomeCouldBeRead() {
        // given
        settings.put("mailtrace.exo.report.max-failures", "0");
        messages(4);
        traces.before(() -> {
            if (traces.pagesAsked.size() == 3) {
                outages(1);
            }
        });
        Desk desk = desk();
        Job job = desk.order(days(25));

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.INCOMPLETE);
        assertThat(report.state()).isEqualTo(SourceState.PARTIAL);
        assertThat(report.explanation().orElseThrow()).contains(Words.GRAPH_FAILED);
        assertThat(report.searchedFrom()).contains(daysAgo(20).minusSeconds(5));
        assertThat(report.absenceProvenUntil()).isEmpty();
        assertThat(report.progress().messages()).isEqualTo(4);
    }

    @Test
    void failsAtOnceWhenAnAdministratorHasToAct() {
        // given
        traces.failures.add(new SourceFailure(SourceState.DENIED, Words.PERMISSION_MISSING));
        Desk desk = desk();
        Job job = desk.order(days(3));

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.FAILED);
        assertThat(report.state()).isEqualTo(SourceState.DENIED);
        assertThat(report.explanation()).contains(Words.PERMISSION_MISSING);
        assertThat(traces.pagesAsked).hasSize(1);
    }

    @Test
    void beginsASliceAgainWhenItsPlaceIsNoLongerAccepted() {
        // given
        messages(6);
        Desk desk = desk();
        Job job = desk.order(days(3));
        desk.work(new Stopping(() -> traces.pagesAsked.size() >= 2), lease -> lease);

        // when
        traces.failures.add(new SourceFailure(SourceState.CANNOT_ANSWER, Words.GRAPH_REFUSED_QUESTION));
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(report.progress().messages()).isEqualTo(6);
        assertThat(traces.pagesAsked.get(3)).isEqualTo(traces.pagesAsked.getFirst());
    }

    @Test
    void filtersEveryRowAgain() {
        // given
        traces.instead((filter, place) -> Optional.of(new RowPage(
                List.of(
                        FakeTraces.row(FakeTraces.id(1), daysAgo(1), "ANA@rivercounty.example", "delivered"),
                        FakeTraces.row(FakeTraces.id(2), daysAgo(1), BEN, "delivered"),
                        FakeTraces.row(FakeTraces.id(3), daysAgo(9), ANA, "delivered")),
                0,
                Optional.empty())));
        Desk desk = desk();
        Job job = desk.order(days(3));

        // when
        desk.work();

        // then
        assertThat(desk.rows(job.id())).containsExactly(FakeTraces.id(1) + "|" + ANA + " " + daysAgo(1) + " delivered");
    }

    @Test
    void asksForEachRecipientByItself() {
        // given
        traces.rows.add(FakeTraces.row(FakeTraces.id(1), daysAgo(1), ANA, "delivered"));
        traces.rows.add(FakeTraces.row(FakeTraces.id(1), daysAgo(1), BEN, "failed"));
        Desk desk = desk();
        Job job = desk.order(
                Map.of("recipient", ANA + "," + BEN, "from", daysAgo(15).toString()));

        // when
        desk.work();

        // then
        assertThat(desk.report(job.id()).progress().slices()).isEqualTo(4);
        assertThat(traces.pagesAsked).hasSize(4);
        assertThat(desk.report(job.id()).progress().messages()).isEqualTo(1);
        assertThat(desk.observations(job.id()).getFirst().recipients()).hasSize(2);
    }

    @Test
    void findsARowThatArrivedLateByReadingTheNewestHoursOnceMore() {
        // given
        settings.put("mailtrace.exo.report.read-again", "6h");
        messages(4);
        TraceRow late = FakeTraces.row(FakeTraces.id(77), NOW.minusSeconds(1800), ANA, "pending");
        traces.before(() -> {
            if (traces.pagesAsked.size() == 2) {
                clock.advance(Duration.ofHours(2));
                traces.rows.add(late);
            }
        });
        Desk desk = desk();
        Job job = desk.order(days(15));

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(desk.rows(job.id())).anyMatch(row -> row.startsWith(FakeTraces.id(77)));
        assertThat(report.searchedTo()).contains(NOW);
        assertThat(report.absenceProvenUntil()).contains(NOW);
        assertThat(traces.pagesAsked.getLast()).startsWith(NOW.minus(Duration.ofHours(6)) + "/" + NOW);
        assertThat(report.cost().rowRequests()).isEqualTo(3);
    }

    @Test
    void halvesAStretchWhosePagesLeadInACircle() {
        // given
        messages(8);
        traces.instead((filter, place) ->
                Duration.between(filter.from(), filter.to()).toDays() > 2 && place.isPresent()
                        ? Optional.of(new RowPage(List.of(), 0, place))
                        : Optional.empty());
        Desk desk = desk();
        Job job = desk.order(days(8));

        // when
        desk.work();

        // then
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(desk.report(job.id()).progress().messages()).isEqualTo(8);
    }

    @Test
    void isTruncatedOnlyWhereASecondCannotBeReadToItsEnd() {
        // given
        Instant second = daysAgo(1);
        messages(4);
        traces.instead((filter, place) -> place.isPresent()
                        && !filter.from().isAfter(second)
                        && !filter.to().isBefore(second)
                ? Optional.of(new RowPage(List.of(), 0, place))
                : Optional.empty());
        for (int i = 0; i < 3; i++) {
            traces.rows.add(FakeTraces.row(FakeTraces.id(100 + i), second, ANA, "delivered"));
        }
        Desk desk = desk();
        Job job = desk.order(days(8));

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.INCOMPLETE);
        assertThat(report.state()).isEqualTo(SourceState.TRUNCATED);
        assertThat(report.explanation().orElseThrow()).contains(ReportWords.UNREACHABLE);
        assertThat(report.progress().messages()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void readsTheRestOfAWindowThatBeginsTooEarlyAndSaysSo() {
        // given
        messages(4);
        Desk desk = desk();
        Job job = desk.order(days(95));

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.INCOMPLETE);
        assertThat(report.state()).isEqualTo(SourceState.OUT_OF_RETENTION);
        assertThat(report.searchedFrom()).contains(Instant.parse("2026-08-25T00:00:00Z"));
        assertThat(report.absenceProvenUntil()).contains(NOW.minus(Duration.ofHours(1)));
        assertThat(report.progress().messages()).isEqualTo(4);
    }

    @Test
    void saysWhatBecameTooOldWhileItWaited() {
        // given
        Desk desk = desk();
        Job job = desk.order(days(90));
        clock.advance(Duration.ofHours(20));

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.state()).isEqualTo(SourceState.OUT_OF_RETENTION);
        assertThat(report.searchedFrom()).contains(Instant.parse("2026-08-26T00:00:00Z"));
        assertThat(traces.pagesAsked.getLast()).startsWith("2026-08-26T00:00:00Z/");
    }

    @Test
    void claimsNothingBeforeWhatBecameTooOldWhenTheSliceBeforeItAgedWholly() {
        // given
        Desk desk = desk();
        Job job = desk.order(Map.of("recipient", ANA, "from", "2026-08-25T00:00:00Z"));
        clock.advance(Duration.ofHours(20));

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.progress().slicesDone()).isEqualTo(10);
        assertThat(traces.pagesAsked).hasSize(9);
        assertThat(traces.pagesAsked.getLast()).startsWith("2026-08-26T00:00:00Z/");
        assertThat(report.searchedFrom()).contains(Instant.parse("2026-08-26T00:00:00Z"));
        assertThat(report.state()).isEqualTo(SourceState.OUT_OF_RETENTION);
    }

    @Test
    void keepsNoMoreRowsThanItMayAndSaysSo() {
        // given
        settings.put("mailtrace.exo.report.max-rows", "4");
        messages(9);
        Desk desk = desk();
        Job job = desk.order(days(3));

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.INCOMPLETE);
        assertThat(report.state()).isEqualTo(SourceState.TRUNCATED);
        assertThat(report.explanation().orElseThrow()).contains(ReportWords.TOO_MANY_ROWS);
        assertThat(report.progress().messages()).isEqualTo(4);
    }

    @Test
    void keepsWhatWasFoundWhenItIsCancelled() {
        // given
        messages(6);
        Desk desk = desk();
        Job job = desk.order(days(3));
        traces.before(() -> {
            if (traces.pagesAsked.size() == 2) {
                jobs.cancel(job.id());
            }
        });

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.CANCELLED);
        assertThat(report.state()).isEqualTo(SourceState.PARTIAL);
        assertThat(report.explanation()).contains(ReportWords.CANCELLED);
        assertThat(report.progress().messages()).isEqualTo(4);
        assertThat(traces.pagesAsked).hasSize(3);
    }

    @Test
    void waitsForAStoreThatIsFullAndStoresTheSameStep() {
        // given
        messages(6);
        Desk desk = desk();
        Job job = desk.order(days(3));
        Desk.Awake rest = new Desk.Awake();

        // when
        desk.work(rest, Brittle::new);

        // then
        assertThat(rest.pauses).isEqualTo(3);
        assertThat(traces.pagesAsked).hasSize(3);
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(desk.report(job.id()).progress().messages()).isEqualTo(6);
    }

    @Test
    void saysThatRowsCouldNotBeRead() {
        // given
        traces.instead((filter, place) -> Optional.of(new RowPage(List.of(), 1, Optional.empty())));
        Desk desk = desk();
        Job job = desk.order(days(3));

        // when
        desk.work();

        // then
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.INCOMPLETE);
        assertThat(desk.report(job.id()).state()).isEqualTo(SourceState.PARTIAL);
        assertThat(desk.report(job.id()).explanation().orElseThrow()).contains(Words.UNREADABLE_ROWS);
    }

    @Test
    void givesUpAfterItsTime() {
        // given
        messages(2);
        Desk desk = desk();
        Job job = desk.order(days(3));
        outages(1);
        desk.work();

        // when
        clock.advance(Duration.ofHours(25));
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.FAILED);
        assertThat(report.state()).isEqualTo(SourceState.TIMED_OUT);
        assertThat(report.explanation().orElseThrow())
                .contains("24 hours", ReportWords.VENDOR_DID_NOT_ANSWER)
                .doesNotContain("goes on by itself");
    }

    @Test
    void readsTheEventsOfEveryRecipientOfAThoroughReport() {
        // given
        messages(5);
        Desk desk = desk();
        Job job = desk.order(thorough());
        Job plain = desk.order(days(3));

        // when
        desk.work();

        // then
        assertThat(traces.detailsAsked).hasSize(5);
        assertThat(desk.report(job.id()).progress().details()).isEqualTo(5);
        assertThat(desk.report(job.id()).warnings()).isEmpty();
        assertThat(desk.observations(job.id())).allMatch(observation -> observation.detailsFetched());
        assertThat(desk.observations(plain.id())).noneMatch(observation -> observation.detailsFetched());
        assertThat(desk.report(plain.id()).warnings()).containsExactly(ReportWords.NO_EVENTS);
    }

    @Test
    void readsNoMoreEventsThanItMayAndSaysSo() {
        // given
        settings.put("mailtrace.exo.report.max-details", "3");
        messages(5);
        Desk desk = desk();
        Job job = desk.order(thorough());

        // when
        desk.work();

        // then
        Report report = desk.report(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(report.cost().detailRequests()).isEqualTo(3);
        assertThat(report.progress().details()).isEqualTo(3);
        assertThat(report.warnings()).containsExactly(ReportWords.NOT_ALL_EVENTS);
        assertThat(desk.observations(job.id()).stream().filter(observation -> observation.detailsFetched()))
                .hasSize(3);
    }

    @Test
    void goesOnAtTheRecipientWhereItStopped() {
        // given
        messages(5);
        traces.detailFailures.put(
                recipient(1),
                new SourceFailure(
                        SourceState.THROTTLED, Words.BUDGET_SPENT, Optional.of(Duration.ofSeconds(60)), null));
        Desk desk = desk();
        Job job = desk.order(thorough());

        // when
        desk.work();
        Report waiting = desk.report(job.id());
        clock.advance(Duration.ofMinutes(2));
        desk.work();

        // then
        assertThat(waiting.progress().phase()).contains(ReportPhase.DETAILS);
        assertThat(waiting.state()).isEqualTo(SourceState.THROTTLED);
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(traces.detailsAsked).hasSize(6);
    }

    @Test
    void saysWhichEventsAreNotToBeHad() {
        // given
        messages(2);
        traces.detailFailures.put(ANA, new SourceFailure(SourceState.CANNOT_ANSWER, Words.GRAPH_REFUSED_QUESTION));
        Desk desk = desk();
        Job job = desk.order(thorough());

        // when
        desk.work();

        // then
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
        assertThat(desk.report(job.id()).warnings()).containsExactly(ReportWords.EVENTS_REFUSED);
        assertThat(traces.detailsAsked).hasSize(2);
    }

    @Test
    void readsTheMembersOfAGroup() {
        // given
        String id = FakeTraces.id(1);
        traces.rows.add(FakeTraces.row(id, daysAgo(1), TEAM, "expanded"));
        traces.rows.add(FakeTraces.row(id, daysAgo(1), ANA, "delivered"));
        traces.rows.add(FakeTraces.row(id, daysAgo(1), BEN, "failed"));
        Desk desk = desk();
        Job job = desk.order(thorough(TEAM));

        // when
        desk.work();

        // then
        assertThat(desk.observations(job.id())).singleElement().satisfies(observation -> {
            assertThat(observation.recipients())
                    .extracting(recipient -> recipient.address())
                    .containsExactlyInAnyOrder(TEAM, ANA, BEN);
            assertThat(observation.recipientsComplete()).isTrue();
            assertThat(observation.detailsFetched()).isTrue();
        });
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
    }

    private Desk desk() {
        return new Desk(jobs, traces, settings, List.of(), clock);
    }

    private void messages(int count) {
        IntStream.range(0, count)
                .forEach(i -> traces.rows.add(FakeTraces.row(
                        FakeTraces.id(i),
                        daysAgo(1).minusSeconds(60L * i),
                        i % 2 == 0 ? ANA : "Ana@rivercounty.example",
                        "delivered")));
    }

    private static String recipient(int number) {
        return number % 2 == 0 ? ANA : "Ana@rivercounty.example";
    }

    private void outages(int count) {
        for (int i = 0; i < count; i++) {
            traces.failures.add(new SourceFailure(SourceState.FAILED, Words.GRAPH_FAILED));
        }
    }

    private void workThroughPauses(Desk desk, int times) {
        for (int i = 0; i < times; i++) {
            desk.work();
            clock.advance(Duration.ofMinutes(15));
        }
    }

    private static Instant daysAgo(int days) {
        return NOW.minus(Duration.ofDays(days));
    }

    private static Map<String, String> days(int days) {
        return Map.of("recipient", ANA, "from", daysAgo(days).toString());
    }

    private static Map<String, String> thorough() {
        return thorough(ANA);
    }

    private static Map<String, String> thorough(String recipient) {
        return Map.of("recipient", recipient, "from", daysAgo(3).toString(), "advanced", "true");
    }

    /** Stops the service once a condition holds. */
    private static final class Stopping extends Desk.Awake {
        private final BooleanSupplier over;

        private Stopping(BooleanSupplier over) {
            this.over = over;
        }

        @Override
        public boolean isOver() {
            return over.getAsBoolean();
        }
    }

    /** A lease on a store that is full at first. */
    private static final class Brittle implements Lease {
        private final Lease lease;
        private int failures = 3;

        private Brittle(Lease lease) {
            this.lease = lease;
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
            lease.renew();
        }

        @Override
        public void commit(Step step) {
            if (failures-- > 0) {
                throw new JobsException("The disk is full.");
            }
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
}
