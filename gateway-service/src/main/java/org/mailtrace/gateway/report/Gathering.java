package org.mailtrace.gateway.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Report;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.words.ReportWords;
import org.mailtrace.http.guard.SourceFailure;

/** Does the next thing with one source: asks for a page, orders its report, looks after it, reads it. Never throws. */
@ApplicationScoped
class Gathering {
    /** Nothing was read; the same question may be answered in a while. */
    private static final Set<SourceState> OUTAGES =
            Set.of(SourceState.TIMED_OUT, SourceState.CIRCUIT_OPEN, SourceState.FAILED);

    private static final Duration USUAL_WAIT = Duration.ofSeconds(5);

    private final Desk desk;
    private final Rows rows;
    private final ReportSettings settings;
    private final Clock clock;

    Gathering(Desk desk, Rows rows, ReportSettings settings, Clock clock) {
        this.desk = desk;
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
    }

    Turn next(Leg leg, String report, Question question, Caller caller) {
        try {
            if (leg.way() == Leg.Way.PAGES) {
                return page(leg, desk.ask(leg.source(), page(question, leg.cursor()), caller));
            }
            if (leg.report().isEmpty()) {
                return ordered(leg, desk.order(leg.source(), question, key(report), caller));
            }
            String id = leg.report().orElseThrow();
            boolean readable = leg.status().filter(status -> status.isOver()).isPresent();
            return readable
                    ? read(leg, desk.read(leg.source(), id, page(question, leg.cursor()), caller))
                    : looked(leg, desk.look(leg.source(), id, caller));
        } catch (SourceFailure e) {
            return failed(leg, e.state(), e.getMessage(), e.retryAfter());
        }
    }

    /** It took longer than a step may. */
    Turn late(Leg leg) {
        return failed(leg, SourceState.TIMED_OUT, ReportWords.LATE, Optional.empty());
    }

    /** The source's reports are ours by this key: whoever is killed after ordering one finds it again. */
    private static String key(String report) {
        return "mailtrace-" + report;
    }

    private Question page(Question question, Optional<String> cursor) {
        return new Question(
                question.sender(),
                question.recipients(),
                question.subject(),
                question.messageId(),
                question.from(),
                question.to(),
                settings.pageSize(),
                cursor,
                question.include(),
                question.advanced(),
                question.ticket(),
                question.reason());
    }

    private Turn page(Leg leg, SourceAnswer answer) {
        SourceState state = answer.state();
        if (state == SourceState.REPORT_REQUIRED && leg.pages() == 0) {
            return Turn.to(leg.anew(Leg.Way.REPORT));
        }
        boolean nothing = answer.observations().isEmpty() && answer.next().isEmpty();
        if (nothing && (OUTAGES.contains(state) || state == SourceState.THROTTLED)) {
            return failed(
                    leg,
                    state,
                    answer.explanation().orElse(ReportWords.NOT_SAID),
                    answer.retryAfterSeconds().map(Duration::ofSeconds));
        }
        if (nothing && state == SourceState.DENIED) {
            return Turn.to(leg.ends(state, answer.explanation().orElse(ReportWords.NOT_SAID)));
        }
        return read(leg, answer);
    }

    private Turn ordered(Leg leg, Report report) {
        Leg after = leg.ordered(report.id(), lookAgain(report));
        return Turn.to(report.status().isOver() ? after.stands(report.status(), Optional.empty()) : after);
    }

    private Turn looked(Leg leg, Optional<Report> report) {
        return Turn.to(report.map(found -> leg.stands(
                        found.status(), found.status().isOver() ? Optional.empty() : Optional.of(lookAgain(found))))
                .orElseGet(() -> leg.ends(SourceState.FAILED, ReportWords.LOST)));
    }

    private Instant lookAgain(Report report) {
        Duration wait = report.retryAfterSeconds().map(Duration::ofSeconds).orElse(USUAL_WAIT);
        return clock.instant().plus(wait.compareTo(settings.longestWait()) > 0 ? settings.longestWait() : wait);
    }

    private Turn read(Leg leg, SourceAnswer answer) {
        Rows.Page page = rows.page(leg.source(), leg.pages(), answer.observations(), settings.maxBytes() - leg.bytes());
        boolean stuck = answer.next().filter(leg::knows).isPresent();
        Leg after = leg.read(answer, page, stuck ? Optional.empty() : answer.next());
        if (!page.whole()) {
            after = after.ends(SourceState.TRUNCATED, ReportWords.tooMuch(after.rows()));
        } else if (stuck) {
            after = after.ends(SourceState.TRUNCATED, ReportWords.STUCK);
        } else if (!after.over() && (after.rows() >= settings.maxRows() || after.pages() >= settings.maxPages())) {
            after = after.ends(SourceState.TRUNCATED, ReportWords.tooManyRows(after.rows()));
        }
        return new Turn(after, List.of(page.finding()));
    }

    private Turn failed(Leg leg, SourceState state, String why, Optional<Duration> retryAfter) {
        if (state == SourceState.THROTTLED) {
            return Turn.to(leg.waits(clock.instant().plus(retryAfter.orElse(settings.longestWait()))));
        }
        if (!OUTAGES.contains(state) || leg.failures() >= settings.maxFailures()) {
            return Turn.to(leg.ends(state, why));
        }
        Duration pause = settings.firstPause().multipliedBy(1L << Math.min(leg.failures(), 20));
        Duration bounded = pause.compareTo(settings.longestPause()) > 0 ? settings.longestPause() : pause;
        Duration wait = retryAfter.filter(told -> told.compareTo(bounded) > 0).orElse(bounded);
        return Turn.to(leg.failed(clock.instant().plus(wait)));
    }
}
