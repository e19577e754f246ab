package org.mailtrace.exo.trace;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.QuestionCost;
import org.mailtrace.contract.RequestCost;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.detail.DetailSettings;
import org.mailtrace.exo.quota.QuotaSettings;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/** Tells what a question costs before anything is spent. */
@ApplicationScoped
public class Costs {
    /** A page of rows takes one to two seconds, an event less. */
    private static final long SECONDS_PER_REQUEST = 1;

    private final MessageTraces traces;
    private final RequestBudget budget;
    private final QuotaSettings quota;
    private final DetailSettings details;
    private final ReportLimits limits;
    private final TraceSettings settings;
    private final Clock clock;

    Costs(
            MessageTraces traces,
            RequestBudget budget,
            QuotaSettings quota,
            DetailSettings details,
            ReportLimits limits,
            TraceSettings settings,
            Clock clock) {
        this.traces = traces;
        this.budget = budget;
        this.quota = quota;
        this.details = details;
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
    }

    /** How the question would be answered now, and what that costs. */
    public QuestionCost of(Question question) {
        Instant now = clock.instant();
        Optional<Window> searched = searchable(question, now);
        if (searched.isEmpty()) {
            return cost(SourceState.OUT_OF_RETENTION, 0, free(), Words.outOfRetention(Window.searchableFrom(now)));
        }
        Window window = searched.orElseThrow();
        int rows = requestsAtOnce(question, window);
        int slices = window.slices().size();
        if (rows == 0) {
            return cost(SourceState.CANNOT_ANSWER, slices, free(), Words.NULL_SENDER_ALONE);
        }
        Optional<String> byReport = whyByReport(question, now);
        if (byReport.isPresent()) {
            return cost(SourceState.REPORT_REQUIRED, slices, ofReport(question, window, now), byReport.orElseThrow());
        }
        RequestCost atOnce = new RequestCost(rows, details.perQuestion(), Optional.of(rows * SECONDS_PER_REQUEST));
        return refusal(rows)
                .map(wait -> new QuestionCost(
                        ExchangeOnline.NAME,
                        SourceState.THROTTLED,
                        slices,
                        atOnce,
                        left(),
                        Optional.of(wait.toSeconds()),
                        ReportWords.beyondBudget(rows, wait)))
                .orElseGet(() -> cost(SourceState.ANSWERED, slices, atOnce, ReportWords.atOnce(atOnce)));
    }

    /** What the question costs as a report. */
    public RequestCost ofReport(Question question, Window window, Instant now) {
        int rows = Plan.of(question, window).size()
                + again(window, window.to(), now, now)
                        .map(late -> Plan.of(question, late).size())
                        .orElse(0);
        int further = question.advanced() ? limits.maxDetails() : 0;
        return new RequestCost(rows, further, seconds(rows + further));
    }

    /**
     * The newest stretch of a report's window, which is read once more because its rows may not have been there yet.
     *
     * @param to the end of what is searched, UTC, exclusive
     * @param firstReadAt when the newest rows were first read
     */
    public Optional<Window> again(Window window, Instant to, Instant firstReadAt, Instant now) {
        Instant unsettled = firstReadAt.minus(limits.readAgain());
        Instant from = unsettled.isAfter(window.from()) ? unsettled : window.from();
        return from.isBefore(to) && !limits.readAgain().isZero()
                ? Optional.of(Window.around(from, to, now.minus(settings.clockMargin())))
                : Optional.empty();
    }

    /** The part of the question's window that can be searched at this moment; empty if all of it is too old. */
    public Optional<Window> searchable(Question question, Instant now) {
        Instant searchable = Window.searchableFrom(now);
        Instant from = question.from().isBefore(searchable) ? searchable : question.from();
        return from.isBefore(question.to())
                ? Optional.of(Window.around(from, question.to(), now.minus(settings.clockMargin())))
                : Optional.empty();
    }

    /** Why only a report can answer a question of which some can be searched, and what that costs; empty if it is not so. */
    Optional<String> whyByReport(Question question, Instant now) {
        Window window = searchable(question, now).orElseThrow();
        RequestCost cost = ofReport(question, window, now);
        if (question.advanced()) {
            return Optional.of(ReportWords.thorough(cost));
        }
        Instant searchable = Window.searchableFrom(now);
        Instant from = question.from().isBefore(searchable) ? searchable : question.from();
        Instant to = question.to().isBefore(now) ? question.to() : now;
        if (Duration.between(from, to).compareTo(Window.WIDEST) > 0) {
            String sentence = ReportWords.tooWide(cost);
            return Optional.of(
                    question.from().isBefore(searchable)
                            ? Words.outOfRetention(searchable) + " " + sentence
                            : sentence);
        }
        return requestsAtOnce(question, window) > quota.requests()
                ? Optional.of(ReportWords.cost(cost))
                : Optional.empty();
    }

    /**
     * How long to wait until the rows of a question can be paid for; empty if they can now, and if nothing at all can:
     * the first request will say exactly how long.
     */
    Optional<Duration> refusal(int rowRequests) {
        return left().filter(left -> left > 0 && rowRequests > left).map(left -> quota.window());
    }

    private int requestsAtOnce(Question question, Window window) {
        return Plan.of(question, window, traces.takesSeveralRecipients()).size();
    }

    /** Without a budget for reports nothing can be said. */
    private Optional<Long> seconds(int requests) {
        int eachWindow = quota.requests() - quota.reservedForQuestions();
        return left().filter(left -> eachWindow > 0).map(left -> {
            int now = Math.max(0, left - quota.reservedForQuestions());
            long windows = Math.ceilDiv(Math.max(0L, requests - now), eachWindow);
            return windows * quota.window().toSeconds() + requests * SECONDS_PER_REQUEST;
        });
    }

    /** What is left of the budget; unknown while it cannot be counted. */
    private Optional<Integer> left() {
        try {
            return Optional.of(budget.remaining());
        } catch (SourceFailure e) {
            return Optional.empty();
        }
    }

    private QuestionCost cost(SourceState state, int slices, RequestCost cost, String explanation) {
        return new QuestionCost(ExchangeOnline.NAME, state, slices, cost, left(), Optional.empty(), explanation);
    }

    private static RequestCost free() {
        return new RequestCost(0, 0, Optional.empty());
    }
}
