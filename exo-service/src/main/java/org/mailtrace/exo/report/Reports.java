package org.mailtrace.exo.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.RequestCost;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.trace.Costs;
import org.mailtrace.exo.trace.ExchangeOnline;
import org.mailtrace.exo.trace.Observations;
import org.mailtrace.exo.trace.Plan;
import org.mailtrace.exo.trace.Window;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;
import org.mailtrace.jobs.FindingGroup;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.Place;
import org.mailtrace.jobs.Submission;
import org.mailtrace.source.Page;
import org.mailtrace.source.SourceId;

/** What can be done with reports. Whoever asked for one owns it; for everybody else there is none. */
@ApplicationScoped
class Reports {
    static final String KIND = "exchange-online-report";

    private static final long STORE_RETRY_SECONDS = 10;
    private static final long FINISHED_RETRY_SECONDS = 60;

    private final Jobs jobs;
    private final ReportWorkers workers;
    private final ReportView view;
    private final Observations observations;
    private final Costs costs;
    private final ReportJson json;
    private final ReportSettings settings;
    private final Clock clock;

    Reports(
            Jobs jobs,
            ReportWorkers workers,
            ReportView view,
            Observations observations,
            Costs costs,
            ReportJson json,
            ReportSettings settings,
            Clock clock) {
        this.jobs = jobs;
        this.workers = workers;
        this.view = view;
        this.observations = observations;
        this.costs = costs;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Takes a report in; tells what it costs before anything is spent.
     *
     * @param given the question's parameters, and what is wrong with their form
     */
    Job submit(String owner, Optional<String> key, Map<String, List<String>> given, List<Fault> faults) {
        Instant now = clock.instant();
        List<Fault> all = new ArrayList<>(faults);
        if (given.containsKey("cursor")) {
            all.add(new Fault("cursor", ReportWords.CURSOR_BELONGS_ELSEWHERE));
        }
        Question question = Question.parse(given, now, Set.of(), all);
        Assignment assignment = Assignment.of(given, now, costs)
                .orElseThrow(() -> impossible(
                        ProblemKind.OUT_OF_RETENTION,
                        SourceState.OUT_OF_RETENTION,
                        Words.outOfRetention(Window.searchableFrom(now))));
        int requests = Plan.of(question, assignment.window()).size();
        if (requests == 0) {
            throw impossible(ProblemKind.CANNOT_ANSWER, SourceState.CANNOT_ANSWER, Words.NULL_SENDER_ALONE);
        }
        return stored(() -> submit(owner, key, given, assignment, requests));
    }

    private Job submit(
            String owner, Optional<String> key, Map<String, List<String>> given, Assignment assignment, int requests) {
        RequestCost cost = costs.ofReport(assignment.question(), assignment.window(), clock.instant());
        NewJob job = new NewJob(
                KIND,
                owner,
                key,
                json.write(new Assignment.Given(new TreeMap<>(given))),
                json.write(Standing.ofNew(cost, Math.max(requests, cost.rowRequests()))),
                settings.keepFor());
        // The store counts: replicas that take reports in at the same moment do not see each other's.
        Submission submission = jobs.submit(job, settings.maxUnfinished())
                .orElseThrow(() -> new ProblemException(
                        ProblemKind.TOO_MANY_REPORTS,
                        ReportWords.tooMany(settings.maxUnfinished()),
                        List.of(),
                        List.of(),
                        Optional.of(FINISHED_RETRY_SECONDS)));
        if (submission instanceof Submission.Conflicting) {
            throw new ProblemException(ProblemKind.IDEMPOTENCY_KEY_REUSED, ReportWords.ANOTHER_QUESTION);
        }
        workers.ring();
        return submission.job().asOf(clock.instant());
    }

    /** The owner's report. */
    Job own(String owner, String id) {
        return stored(() -> jobs.find(id))
                .filter(job -> job.kind().equals(KIND) && job.owner().equals(owner))
                .map(job -> job.asOf(clock.instant()))
                .orElseThrow(() -> new ProblemException(ProblemKind.NOT_FOUND, ReportWords.NO_REPORT));
    }

    /** Cancels the owner's report; one that is over stays as it is. */
    Job cancel(String owner, String id) {
        Job job = own(owner, id);
        return job.state().isOver() ? job : stored(() -> jobs.cancel(id)).orElse(job);
    }

    /** The newest reports, whoever owns them. */
    List<Job> newest(int limit) {
        return stored(() -> jobs.newest(KIND, limit)).stream()
                .map(job -> job.asOf(clock.instant()))
                .toList();
    }

    long messages(Job job) {
        return job.state() == JobState.EXPIRED ? 0 : stored(() -> jobs.countGroups(job.id()));
    }

    /**
     * A page of what the owner's report has found by now, newest first, together with whether that is all.
     *
     * @throws org.mailtrace.contract.InvalidQuestionException if the cursor is not one of ours
     */
    SourceAnswer observations(String owner, String id, int limit, Optional<String> cursor) {
        Instant begun = clock.instant();
        Optional<Place> after = cursor.map(Page::place).map(at -> new Place(at.firstSeen(), at.key()));
        // The state is read before the rows: a report that ends in between is not said to be complete too early.
        Job job = own(owner, id);
        Standing standing = view.standing(job);
        List<FindingGroup> groups =
                job.state() == JobState.EXPIRED ? List.of() : stored(() -> jobs.findings(id, after, limit + 1));
        List<FindingGroup> page = groups.stream().limit(limit).toList();
        SourceState state = view.state(job, standing);
        return new SourceAnswer(
                ExchangeOnline.NAME,
                state,
                standing.searchedFrom(),
                standing.searchedTo(),
                Optional.of(Window.searchableFrom(begun)),
                Optional.empty(),
                standing.absenceProvenUntil(),
                Math.max(0, Duration.between(begun, clock.instant()).toMillis()),
                view.retryAfter(job),
                List.of(),
                Optional.empty(),
                view.explanation(job),
                standing.warnings(),
                observations(job, page, state),
                groups.size() > page.size() ? Optional.of(cursorAfter(page.getLast())) : Optional.empty());
    }

    private List<Observation> observations(Job job, List<FindingGroup> page, SourceState state) {
        if (page.isEmpty()) {
            return List.of();
        }
        Question question = Assignment.of(job, json, costs).question();
        boolean rowsAreComplete = question.recipients().isEmpty() && state.looked();
        return page.stream()
                .map(group -> new StoredMessage(group, question, rowsAreComplete, json, observations).observation())
                .toList();
    }

    private static String cursorAfter(FindingGroup last) {
        return new SourceId(last.firstAt(), last.key()).encoded();
    }

    private static ProblemException impossible(ProblemKind kind, SourceState state, String sentence) {
        return new ProblemException(
                kind,
                sentence,
                List.of(),
                List.of(SourceAnswer.without(ExchangeOnline.NAME, state, sentence, 0)),
                Optional.empty());
    }

    private static <T> T stored(Supplier<T> work) {
        try {
            return work.get();
        } catch (JobsException e) {
            throw new ProblemException(
                    ProblemKind.STORE_UNAVAILABLE,
                    ReportWords.NO_STORE,
                    List.of(),
                    List.of(),
                    Optional.of(STORE_RETRY_SECONDS));
        }
    }
}
