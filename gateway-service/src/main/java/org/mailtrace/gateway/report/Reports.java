package org.mailtrace.gateway.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.mailtrace.contract.Fault;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.callback.Callbacks;
import org.mailtrace.gateway.search.AskingParser;
import org.mailtrace.gateway.search.Shape;
import org.mailtrace.gateway.store.StoredJson;
import org.mailtrace.gateway.words.ReportWords;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.Place;
import org.mailtrace.jobs.Submission;

/** What can be done with reports. Whoever asked for one owns it; for everybody else there is none. */
@ApplicationScoped
class Reports {
    static final String KIND = "gateway-report";

    private static final String CALLBACK = "callbackUrl";
    private static final long STORE_RETRY_SECONDS = 10;
    private static final long FINISHED_RETRY_SECONDS = 60;

    private final Jobs jobs;
    private final ReportWorkers workers;
    private final ReportView view;
    private final Kept kept;
    private final Withdrawal withdrawal;
    private final Callbacks callbacks;
    private final AskingParser parser;
    private final StoredJson json;
    private final ReportSettings settings;
    private final Clock clock;

    Reports(
            Jobs jobs,
            ReportWorkers workers,
            ReportView view,
            Kept kept,
            Withdrawal withdrawal,
            Callbacks callbacks,
            AskingParser parser,
            StoredJson json,
            ReportSettings settings,
            Clock clock) {
        this.jobs = jobs;
        this.workers = workers;
        this.view = view;
        this.kept = kept;
        this.withdrawal = withdrawal;
        this.callbacks = callbacks;
        this.parser = parser;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Reads an order.
     *
     * @param key the caller's own key
     * @param given the question's parameters, and perhaps where to call back
     * @param faults what is wrong with their form
     * @throws org.mailtrace.contract.InvalidQuestionException with every fault at once
     */
    Order order(Optional<String> key, Map<String, List<String>> given, List<Fault> faults, Caller caller) {
        List<Fault> all = new ArrayList<>(faults);
        TreeMap<String, List<String>> question = new TreeMap<>(given);
        Optional<String> callback =
                Optional.ofNullable(question.remove(CALLBACK)).map(List::getFirst);
        callback.flatMap(callbacks::refusal).ifPresent(why -> all.add(new Fault(CALLBACK, why)));
        if (question.containsKey("cursor")) {
            all.add(new Fault("cursor", ReportWords.CURSOR_BELONGS_ELSEWHERE));
        }
        key.filter(text -> !isKey(text)).ifPresent(text -> all.add(new Fault("Idempotency-Key", ReportWords.KEY)));
        parser.parse(question, all, caller, clock.instant());
        return new Order(question, callback);
    }

    /**
     * Takes a report in.
     *
     * @param key the caller's own key; the same key and order lead to the same report
     * @param base the gateway's own address, with a slash at its end
     */
    Job submit(String owner, Optional<String> key, Order order, String base) {
        return stored(() -> submitted(owner, key, order, base));
    }

    private Job submitted(String owner, Optional<String> key, Order order, String base) {
        NewJob job =
                new NewJob(KIND, owner, key, json.write(order), json.write(Standing.ofNew(base)), settings.keepFor());
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
        return any(id).filter(job -> job.owner().equals(owner)).orElseThrow(Reports::none);
    }

    /** The report, whoever owns it. */
    Optional<Job> any(String id) {
        return stored(() -> jobs.find(id))
                .filter(job -> job.kind().equals(KIND))
                .map(job -> job.asOf(clock.instant()));
    }

    /** The newest reports, whoever owns them. */
    List<Job> newest(int limit) {
        return asOfNow(stored(() -> jobs.newest(KIND, limit)));
    }

    /** The owner's newest reports. */
    List<Job> newest(String owner, int limit) {
        return asOfNow(stored(() -> jobs.newest(KIND, owner, limit)));
    }

    private List<Job> asOfNow(List<Job> found) {
        return found.stream().map(job -> job.asOf(clock.instant())).toList();
    }

    /** Cancels the owner's report, and what it began at the sources; one that is over stays as it is. */
    Job cancel(String owner, String id) {
        Job job = own(owner, id);
        if (job.state().isOver()) {
            return job;
        }
        Job cancelled = stored(() -> jobs.cancel(id)).orElse(job);
        if (cancelled.state() == JobState.CANCELLED) {
            cancelled
                    .checkpoint()
                    .map(text -> json.read(text, Checkpoint.class))
                    .ifPresent(at -> withdrawal.withdraw(id, at));
        }
        return cancelled;
    }

    /** A page of a result, and the question that it answers. */
    record Answered(Kept.Page page, Map<String, List<String>> question) {}

    /**
     * A page of the owner's result.
     *
     * @throws ProblemException if there is no result: a report that is not over, or has none, never looks like an empty
     *     list
     */
    Answered page(String owner, String id, Optional<Place> after, int limit, Shape shape, String base) {
        Job job = own(owner, id);
        if (!view.hasResult(job)) {
            String why = view.explanation(job).orElse(ReportWords.BROKEN_OFF);
            throw job.state().isOver()
                    ? new ProblemException(ProblemKind.REPORT_WITHOUT_RESULT, why)
                    : new ProblemException(
                            ProblemKind.REPORT_NOT_FINISHED,
                            ReportWords.notYet(why),
                            List.of(),
                            List.of(),
                            view.retryAfter(job));
        }
        return stored(() -> new Answered(
                kept.page(id, after, limit, shape, base),
                json.read(job.request(), Order.class).parameters()));
    }

    private static boolean isKey(String text) {
        return !text.isEmpty() && text.length() <= 200 && text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    static ProblemException none() {
        return new ProblemException(ProblemKind.NOT_FOUND, ReportWords.NO_REPORT);
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
