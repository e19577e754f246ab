package org.mailtrace.exo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.Report;
import org.mailtrace.contract.ReportStatus;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.TickingClock;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.sqlite.SqliteStore;

class ReportsTest {
    private static final String ANA = "ana@rivercounty.example";

    @TempDir
    private Path folder;

    private final TickingClock clock = new TickingClock("2026-11-23T12:00:00Z");
    private final FakeTraces traces = new FakeTraces(2);
    private Jobs jobs;
    private Desk desk;

    @BeforeEach
    void open() {
        jobs = SqliteStore.open(folder.resolve("jobs.db"), clock).jobs();
        desk = new Desk(jobs, traces, Map.of(), List.of(), clock);
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    @ParameterizedTest(name = "removed by then: {0}")
    @ValueSource(booleans = {true, false})
    void hasNoResultOnceItsTimeIsOverAndSaysSo(boolean removed) {
        // given
        traces.rows.add(FakeTraces.row(FakeTraces.id(1), clock.instant().minus(Duration.ofDays(12)), ANA, "delivered"));
        Job job = order("key");
        desk.work();
        assertThat(desk.reports()
                        .observations(Desk.OWNER, job.id(), 10, Optional.empty())
                        .observations())
                .hasSize(1);

        // when
        clock.advance(Duration.ofDays(8));
        if (removed) {
            jobs.expire(clock.instant());
        }

        // then
        Report report = desk.shown(job.id());
        assertThat(report.status()).isEqualTo(ReportStatus.EXPIRED);
        assertThat(report.state()).isEqualTo(SourceState.REPORT_REQUIRED);
        assertThat(report.links().observations()).isEmpty();
        SourceAnswer found = desk.reports().observations(Desk.OWNER, job.id(), 10, Optional.empty());
        assertThat(found.state()).isEqualTo(SourceState.REPORT_REQUIRED);
        assertThat(found.explanation()).contains(ReportWords.EXPIRED);
        assertThat(found.observations()).isEmpty();
    }

    @Test
    void leadsTheSameKeyToTheSameReportThoughTheClockWentOn() {
        // given
        Job first = order("key");

        // when
        clock.advance(Duration.ofMinutes(7));

        // then
        assertThat(order("key").id()).isEqualTo(first.id());
        assertThat(order("other").id()).isNotEqualTo(first.id());
    }

    @Test
    void leadsARepeatedRequestToItsReportAlsoWhenNoFurtherOneIsAllowed() {
        // given
        Job first = order("key-0");
        for (int i = 1; i < 5; i++) {
            order("key-" + i);
        }

        // then
        assertThatThrownBy(() -> order("key-5"))
                .isInstanceOf(ProblemException.class)
                .hasMessage(ReportWords.tooMany(5));
        assertThat(order("key-0").id()).isEqualTo(first.id());
    }

    @Test
    void replicasThatTakeReportsInAtOnceTakeInNoMoreThanAreAllowedTogether() throws Exception {
        // given: every replica has counted before any of them takes one in
        int replicas = 9;
        CyclicBarrier counted = new CyclicBarrier(replicas);
        Jobs slow = (Jobs) Proxy.newProxyInstance(
                Jobs.class.getClassLoader(), new Class<?>[] {Jobs.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("submit")) {
                        counted.await(1, TimeUnit.MINUTES);
                    }
                    return method.invoke(jobs, arguments);
                });
        desk = new Desk(slow, traces, Map.of(), List.of(), clock);

        // when
        List<Boolean> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> all = IntStream.range(0, replicas)
                    .mapToObj(i -> (Callable<Boolean>) () -> isTaken("key-" + i))
                    .toList();
            for (Future<Boolean> one : threads.invokeAll(all)) {
                taken.add(one.get());
            }
        }

        // then
        assertThat(taken).filteredOn(one -> one).hasSize(5);
        assertThat(jobs.unfinished(Reports.KIND, Desk.OWNER)).isEqualTo(5);
    }

    private boolean isTaken(String key) {
        try {
            order(key);
            return true;
        } catch (ProblemException e) {
            assertThat(e).hasMessage(ReportWords.tooMany(5));
            return false;
        }
    }

    @Test
    void showsWhatWasFoundByNowWithoutCallingItAnAnswer() {
        // given
        for (int i = 0; i < 5; i++) {
            traces.rows.add(
                    FakeTraces.row(FakeTraces.id(i), clock.instant().minus(Duration.ofDays(i)), ANA, "delivered"));
        }
        Job job = order("key");
        traces.before(() -> {
            if (traces.pagesAsked.size() == 2) {
                // then
                SourceAnswer byNow = desk.reports().observations(Desk.OWNER, job.id(), 3, Optional.empty());
                assertThat(byNow.observations()).hasSize(3);
                assertThat(byNow.next()).isPresent();
                assertThat(byNow.state()).isEqualTo(SourceState.PARTIAL);
                assertThat(byNow.absenceProvenUntil()).isEmpty();
            }
        });

        // when
        desk.work();

        // then
        assertThat(desk.report(job.id()).status()).isEqualTo(ReportStatus.COMPLETE);
    }

    @Test
    void saysThatTheStoreDoesNotAnswer() {
        // given
        jobs.close();

        // then
        assertThatThrownBy(() -> order("key"))
                .isInstanceOf(ProblemException.class)
                .hasMessage(ReportWords.NO_STORE);
    }

    private Job order(String key) {
        Instant from = Instant.parse("2026-11-01T00:00:00Z");
        return desk.reports()
                .submit(
                        Desk.OWNER,
                        Optional.of(key),
                        Map.of("recipient", List.of(ANA), "from", List.of(from.toString())),
                        List.of());
    }
}
