package org.mailtrace.exo.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Report;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.detail.DetailSettings;
import org.mailtrace.exo.detail.Details;
import org.mailtrace.exo.quota.Priority;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.trace.Costs;
import org.mailtrace.exo.trace.Observations;
import org.mailtrace.exo.trace.ReportLimits;
import org.mailtrace.exo.trace.TraceParts;
import org.mailtrace.exo.trace.TraceSettings;
import org.mailtrace.http.json.JsonRules;
import org.mailtrace.jobs.FindingGroup;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.Place;

/** All that works on reports, put together as the service does, in front of a store and a vendor of the test's choice. */
final class Desk {
    static final String OWNER = "helpdesk";

    final Jobs jobs;
    final ReportJson json;
    final Costs costs;
    final Observations observations = TraceParts.observations();
    private final ReportWork work;
    private final RowReading rows;
    private final ReportSettings settings;
    private final TraceSettings traceSettings;
    private final ReportMetrics metrics = new ReportMetrics(new SimpleMeterRegistry());
    private final Clock clock;

    Desk(Jobs jobs, FakeTraces traces, Map<String, String> given, List<ThoroughSearch> otherWays, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
        this.json = new ReportJson(mapper());
        this.settings = Settings.of(ReportSettings.class, given);
        this.traceSettings = Settings.of(TraceSettings.class, given);
        this.costs = TraceParts.costs(new Plenty(), given, clock);
        this.rows = new RowReading(traces, json, settings, clock);
        DetailReading details = new DetailReading(
                traces,
                new Details(traces, Settings.of(DetailSettings.class, given), clock),
                jobs,
                observations,
                json,
                Settings.of(ReportLimits.class, given),
                traceSettings,
                clock);
        this.work = new ReportWork(rows, details, otherWays, costs, json, settings, clock);
    }

    static ObjectMapper mapper() {
        ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
        new JsonRules().customize(mapper);
        return mapper;
    }

    /** Takes a report in, as the door does. */
    Job order(Map<String, String> question) {
        Map<String, List<String>> given = new TreeMap<>();
        question.forEach((name, value) -> given.put(name, List.of(value)));
        Assignment assignment = Assignment.of(given, clock.instant(), costs).orElseThrow();
        return jobs.submit(new NewJob(
                        Reports.KIND,
                        OWNER,
                        Optional.empty(),
                        json.write(new Assignment.Given(new TreeMap<>(given))),
                        json.write(Standing.ofNew(
                                costs.ofReport(assignment.question(), assignment.window(), clock.instant()), 1)),
                        Duration.ofDays(7)))
                .job();
    }

    /** Works on whatever is due, until nothing is. */
    void work() {
        work(new Awake(), lease -> lease);
    }

    void work(Rest rest, UnaryOperator<Lease> lease) {
        Optional<Lease> claimed = claim();
        while (claimed.isPresent() && !rest.isOver()) {
            run(lease.apply(claimed.orElseThrow()), rest);
            claimed = rest.isOver() ? Optional.empty() : claim();
        }
    }

    Optional<Lease> claim() {
        return jobs.claim(Set.of(Reports.KIND), "worker", settings.lease());
    }

    void run(Lease lease, Rest rest) {
        new ReportRun(
                        lease,
                        Assignment.of(lease.job(), json, costs),
                        work,
                        rows,
                        json,
                        settings,
                        traceSettings.settlingTime(),
                        metrics,
                        rest,
                        clock)
                .run();
    }

    /** The door's side of it; its workers do nothing. */
    Reports reports() {
        ReportWorkers workers =
                new ReportWorkers(jobs, work, rows, costs, json, settings, traceSettings, metrics, clock);
        return new Reports(jobs, workers, new ReportView(json, clock), observations, costs, json, settings, clock);
    }

    Report report(String id) {
        return new ReportView(json, clock)
                .of(jobs.find(id).orElseThrow(), jobs.countGroups(id), "http://127.0.0.1:8083/");
    }

    /** As its owner is shown it at the door. */
    Report shown(String id) {
        Job job = reports().own(OWNER, id);
        return new ReportView(json, clock).of(job, reports().messages(job), "http://127.0.0.1:8083/");
    }

    /** Every stored row, as text, in order. */
    List<String> rows(String id) {
        return groups(id).stream()
                .flatMap(group -> group.findings().stream())
                .map(finding -> finding.key() + " " + finding.at() + " "
                        + json.read(finding.body(), StoredRow.class).row().status())
                .sorted()
                .toList();
    }

    List<Observation> observations(String id) {
        Job job = jobs.find(id).orElseThrow();
        return groups(id).stream()
                .map(group -> new StoredMessage(
                                group, Assignment.of(job, json, costs).question(), false, json, observations)
                        .observation())
                .toList();
    }

    private List<FindingGroup> groups(String id) {
        List<FindingGroup> all = new ArrayList<>();
        Optional<Place> after = Optional.empty();
        List<FindingGroup> page;
        do {
            page = jobs.findings(id, after, 100);
            all.addAll(page);
            after = page.isEmpty()
                    ? after
                    : Optional.of(
                            new Place(page.getLast().firstAt(), page.getLast().key()));
        } while (!page.isEmpty());
        return all;
    }

    /** Never stops, and never waits: the store is at hand again at once. */
    static class Awake implements Rest {
        int pauses;

        @Override
        public void rest(Duration span) {
            pauses++;
        }

        @Override
        public boolean isOver() {
            return false;
        }
    }

    private static final class Plenty implements RequestBudget {
        @Override
        public Optional<Duration> take(Priority priority) {
            return Optional.empty();
        }

        @Override
        public int remaining() {
            return 100;
        }

        @Override
        public Duration pause(Optional<Duration> pause) {
            return pause.orElse(Duration.ZERO);
        }
    }
}
