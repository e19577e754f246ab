package org.mailtrace.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.MovableClock;
import org.mailtrace.gateway.Settings;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.audit.AuditSettings;
import org.mailtrace.gateway.audit.Purpose;
import org.mailtrace.gateway.search.AskingParser;
import org.mailtrace.gateway.search.Cursors;
import org.mailtrace.gateway.search.Seal;
import org.mailtrace.gateway.search.Shape;
import org.mailtrace.gateway.search.Whole;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.http.json.JsonRules;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.sqlite.SqliteStore;

/**
 * F24: thirty days of the gateway's reports, kept for two days and known for two more: some complete, some without a source that
 * refuses, some that fail, some cancelled half way. What is kept is there with its traces, and the store holds no more than before.
 */
class F24LongRunTest {
    private static final int DAYS = 30;
    private static final int REPORTS_A_DAY = 4;
    private static final int PAGES = 3;
    private static final Duration KEPT = Duration.ofDays(2);
    private static final int SETTLED = 6;

    private enum Fate {
        COMPLETE,
        INCOMPLETE,
        FAILED,
        CANCELLED
    }

    private record Ordered(String id, Instant over, Fate fate) {}

    @TempDir
    private Path folder;

    private final MovableClock clock = new MovableClock(Flow.NOW);
    private final ScriptedDesk desk = new ScriptedDesk();
    private final ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
    private final StoredJson json = new StoredJson(mapper);
    private final ReportSettings settings = Settings.of(ReportSettings.class, Map.of());
    private final List<Ordered> ordered = new ArrayList<>();
    private Jobs jobs;
    private Tools tools;
    private Kept kept;

    @BeforeEach
    void open() {
        new JsonRules().customize(mapper);
        jobs = SqliteStore.open(folder.resolve("jobs.db"), clock).jobs();
        kept = new Kept(jobs, json, Flow.settings());
        tools = tools();
    }

    @AfterEach
    void close() {
        jobs.close();
    }

    @Test
    void theStoreOfReportsHoldsNoMoreAfterThirtyDaysThanAfterTheDaysThatAreKept() throws SQLException {
        // given
        List<Map<String, Long>> held = new ArrayList<>();

        // when
        for (int day = 0; day < DAYS; day++) {
            for (int i = 0; i < REPORTS_A_DAY; i++) {
                clock.advance(Duration.ofHours(24 / REPORTS_A_DAY));
                report(Fate.values()[ordered.size() % Fate.values().length]);
                jobs.expire(clock.instant());
            }
            held.add(held());
            if (day % 5 == 4) {
                ordered.forEach(this::isThereAsLongAsPromised);
            }
        }

        // then
        assertThat(held.getLast()).isEqualTo(held.get(SETTLED));
    }

    private void report(Fate fate) {
        for (String source : Flow.SYSTEMS) {
            desk.pages(source, PAGES);
        }
        if (fate == Fate.INCOMPLETE || fate == Fate.FAILED) {
            Flow.SYSTEMS.stream()
                    .limit(fate == Fate.FAILED ? Flow.SYSTEMS.size() : 1)
                    .forEach(source -> desk.answers.put(
                            source,
                            cursor -> ScriptedDesk.answer(source, SourceState.DENIED, List.of(), Optional.empty())));
        }
        if (fate == Fate.CANCELLED) {
            desk.answers.put(
                    "cloud",
                    cursor -> ScriptedDesk.answer("cloud", SourceState.THROTTLED, List.of(), Optional.empty()));
        }
        Order order = new Order(new TreeMap<>(Map.of("recipient", List.of(Flow.ANA))), Optional.empty());
        String id = jobs.submit(new NewJob(
                        Reports.KIND,
                        "owner",
                        Optional.empty(),
                        json.write(order),
                        json.write(Standing.ofNew("https://mailtrace.rivercounty.example/")),
                        KEPT))
                .job()
                .id();
        jobs.claim(Set.of(Reports.KIND), "worker", settings.lease())
                .ifPresent(lease -> new ReportRun(lease, tools, new ReportRunTest.Over(false)).run());
        if (fate == Fate.CANCELLED) {
            assertThat(jobs.find(id).orElseThrow().checkpoint()).isPresent();
            jobs.cancel(id);
        }
        assertThat(jobs.find(id)).get().extracting(Job::state).isEqualTo(JobState.valueOf(fate.name()));
        ordered.add(new Ordered(id, clock.instant(), fate));
    }

    private void isThereAsLongAsPromised(Ordered report) {
        Optional<Job> job = jobs.find(report.id());
        Instant now = clock.instant();
        if (now.isBefore(report.over().plus(KEPT))) {
            assertThat(job)
                    .get()
                    .extracting(Job::state)
                    .isEqualTo(JobState.valueOf(report.fate().name()));
            boolean shown = report.fate() == Fate.COMPLETE || report.fate() == Fate.INCOMPLETE;
            if (shown) {
                assertThat(kept.page(report.id(), Optional.empty(), 100, Shape.JSON, "")
                                .answer()
                                .traces())
                        .hasSize(PAGES * (report.fate() == Fate.COMPLETE ? 3 : 2));
            }
        } else if (now.isBefore(report.over().plus(KEPT.multipliedBy(2)))) {
            assertThat(job).get().extracting(Job::state).isEqualTo(JobState.EXPIRED);
            assertThat(jobs.findings(report.id(), Optional.empty(), 1)).isEmpty();
        } else {
            assertThat(job).isEmpty();
        }
    }

    private Map<String, Long> held() throws SQLException {
        Map<String, Long> rows = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("jobs.db"));
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    rows.put(table, count.getLong(1));
                }
            }
        }
        return rows;
    }

    private Tools tools() {
        Rows rows = new Rows(json);
        Gathering gathering = new Gathering(desk, rows, settings, clock);
        Credentials credentials = id -> new Caller("Bearer own", id);
        return new Tools(
                jobs,
                json,
                new AskingParser(
                        Flow.settings(),
                        new Purpose(Settings.of(AuditSettings.class, Map.of("mailtrace.audit.file", "unused"))),
                        new Cursors(new Seal(Flow.settings())),
                        clock),
                credentials,
                gathering,
                (legs, step) -> legs.stream().map(step).toList(),
                rows,
                (asking, at, found, caller) -> {
                    Whole.Result all = ReportRunTest.oneTraceEach(asking, at, found);
                    return new Whole.Result(
                            all.traces(), all.answer(), !all.traces().isEmpty());
                },
                new ReentrantLock(),
                kept,
                new Withdrawal(desk, credentials, new ReportRunTest.AtOnce()),
                (job, state, base) -> {},
                new ReportMetrics(new SimpleMeterRegistry()),
                settings,
                clock);
    }
}
