package org.mailtrace.exo.report;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.ReportPhase;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.trace.Costs;
import org.mailtrace.exo.trace.Window;
import org.mailtrace.exo.words.ReportWords;
import org.mailtrace.jobs.Finding;

/** Knows the next step of a report. */
@ApplicationScoped
class ReportWork {
    private final RowReading rows;
    private final DetailReading details;
    private final List<ThoroughSearch> otherWays;
    private final Costs costs;
    private final ReportJson json;
    private final ReportSettings settings;
    private final Clock clock;

    @Inject
    ReportWork(
            RowReading rows,
            DetailReading details,
            @Any Instance<ThoroughSearch> otherWays,
            Costs costs,
            ReportJson json,
            ReportSettings settings,
            Clock clock) {
        this(rows, details, otherWays.stream().toList(), costs, json, settings, clock);
    }

    ReportWork(
            RowReading rows,
            DetailReading details,
            List<ThoroughSearch> otherWays,
            Costs costs,
            ReportJson json,
            ReportSettings settings,
            Clock clock) {
        this.rows = rows;
        this.details = details;
        this.otherWays = otherWays;
        this.costs = costs;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
    }

    /** Where a report begins. */
    Checkpoint beginning(Assignment assignment) {
        Checkpoint beginning = Checkpoint.beginning(clock.instant());
        return assignment.question().advanced() && otherWay(assignment).isPresent()
                ? beginning.remembering(Optional.of(""))
                : beginning;
    }

    /**
     * Does the next step.
     *
     * @return empty once there is nothing left to do
     * @throws org.mailtrace.http.guard.SourceFailure if there is no answer
     */
    Optional<Turn> next(String report, Assignment assignment, Checkpoint at) {
        Errand errand = Errand.report(settings.stepBudget(), clock);
        if (at.memory().isPresent()) {
            return Optional.of(otherWay(report, assignment, at, errand));
        }
        if (at.spot().phase() == ReportPhase.DETAILS) {
            return details.read(report, assignment, at, errand);
        }
        Optional<TraceFilter> unread = request(assignment, at);
        if (unread.isPresent() && at.tally().rows() >= settings.maxRows()) {
            Checkpoint full = at.missing(new Gap(SourceState.TRUNCATED, ReportWords.TOO_MANY_ROWS));
            return full.equals(at) ? Optional.empty() : Optional.of(Turn.to(full));
        }
        return unread.map(request -> rows.read(assignment, request, at, errand))
                .or(() -> nextPhase(assignment, at).map(Turn::to));
    }

    /** The request that the reading of rows is at; empty if the phase has no further one. */
    Optional<TraceFilter> request(Assignment assignment, Checkpoint at) {
        List<TraceFilter> plan = assignment.plan(at, at.spot().phase());
        int request = at.spot().request();
        return request < plan.size() ? Optional.of(plan.get(request)) : Optional.empty();
    }

    private Optional<Checkpoint> nextPhase(Assignment assignment, Checkpoint at) {
        Instant now = clock.instant();
        if (at.spot().phase() == ReportPhase.ROWS) {
            Optional<Window> late = costs.again(assignment.window(), assignment.to(), at.begunAt(), now);
            if (late.isPresent()) {
                return late.map(window -> at.readingAgain(window, now));
            }
        }
        return assignment.question().advanced() ? Optional.of(at.readingDetails(Optional.empty())) : Optional.empty();
    }

    private Optional<ThoroughSearch> otherWay(Assignment assignment) {
        return otherWays.stream()
                .filter(way -> way.takesOver(assignment.question()))
                .findFirst();
    }

    private Turn otherWay(String report, Assignment assignment, Checkpoint at, Errand errand) {
        Optional<ThoroughSearch> way = otherWay(assignment);
        if (way.isEmpty()) {
            return Turn.to(at.remembering(Optional.empty()));
        }
        Optional<String> memory = at.memory().filter(text -> !text.isEmpty());
        ThoroughSearch.Task task = new ThoroughSearch.Task(
                report, assignment.question(), assignment.orderedAt(), assignment.window(), memory);
        return switch (way.orElseThrow().goOn(task, errand)) {
            case ThoroughSearch.Waiting waiting ->
                new Turn(
                        at.remembering(Optional.of(waiting.memory())),
                        List.of(),
                        Optional.of(new Turn.Pause(waiting.until(), waiting.explanation())));
            case ThoroughSearch.Found found -> found(assignment, at, found);
            case ThoroughSearch.Finished finished -> Turn.to(finished(assignment, at, finished));
            case ThoroughSearch.Declined declined ->
                Turn.to(at.remembering(Optional.empty()).warned(List.of(declined.why())));
        };
    }

    /** What is newer than that search's end is read the usual way. */
    private Checkpoint finished(Assignment assignment, Checkpoint at, ThoroughSearch.Finished finished) {
        Checkpoint told = at.remembering(Optional.empty()).warned(finished.warnings());
        Checkpoint known = finished.missing()
                .map(why -> told.missing(new Gap(SourceState.TRUNCATED, why)))
                .orElse(told);
        Window window = assignment.window();
        return finished.upTo().isBefore(window.to())
                ? known.readingAgain(new Window(finished.upTo(), window.to()), clock.instant())
                : known.moved(new Spot(
                        ReportPhase.ROWS,
                        assignment.plan(at, ReportPhase.ROWS).size(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        0));
    }

    private Turn found(Assignment assignment, Checkpoint at, ThoroughSearch.Found found) {
        List<Finding> findings = found.rows().stream()
                .filter(row -> assignment.wants(row.row()))
                .map(row -> new StoredRow(row.row(), true, StoredRow.Members.UNREAD, false, row.events()).finding(json))
                .toList();
        Checkpoint read = at.at(at.spot(), at.tally().bit(findings.size())).warned(found.warnings());
        return new Turn(
                found.last()
                        ? read.remembering(Optional.empty())
                                .moved(new Spot(
                                        ReportPhase.ROWS,
                                        assignment.plan(at, ReportPhase.ROWS).size(),
                                        List.of(),
                                        Optional.empty(),
                                        List.of(),
                                        0))
                        : read.remembering(Optional.of(found.memory())),
                findings,
                Optional.empty());
    }
}
