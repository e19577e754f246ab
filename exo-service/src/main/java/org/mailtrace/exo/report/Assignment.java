package org.mailtrace.exo.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.ReportPhase;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.trace.Costs;
import org.mailtrace.exo.trace.Plan;
import org.mailtrace.exo.trace.Window;
import org.mailtrace.jobs.Job;

/**
 * What a report has to do. It follows from what the caller gave and from the moment of the order alone, so that every
 * process makes the same of it; and what is stored does not depend on the clock, so that an order that is sent twice is
 * recognised.
 *
 * @param orderedAt the moment of the order, UTC
 * @param window what is searched, whole seconds
 */
record Assignment(Question question, Instant orderedAt, Window window, Instant from, Instant to, boolean tooOld) {
    /** Reads an order; empty if all of its window is too old. */
    static Optional<Assignment> of(Map<String, List<String>> given, Instant orderedAt, Costs costs) {
        Question question = Question.parse(given, orderedAt);
        Instant searchable = Window.searchableFrom(orderedAt);
        boolean tooOld = question.from().isBefore(searchable);
        return costs.searchable(question, orderedAt)
                .map(window -> new Assignment(
                        question,
                        orderedAt,
                        window,
                        tooOld ? searchable : question.from(),
                        question.to().isAfter(orderedAt) ? orderedAt : question.to(),
                        tooOld));
    }

    static Assignment of(Job job, ReportJson json, Costs costs) {
        Map<String, List<String>> given = new TreeMap<>();
        json.read(job.request(), Given.class).parameters().forEach(given::put);
        return of(given, job.createdAt(), costs)
                .orElseThrow(() -> new IllegalStateException("a report was taken in that cannot be done"));
    }

    /** The requests of a phase, newest stretch first. */
    List<TraceFilter> plan(Checkpoint at, ReportPhase phase) {
        return switch (phase) {
            case ROWS -> Plan.of(question, window);
            case LATE_ROWS -> at.again().map(late -> Plan.of(question, late)).orElse(List.of());
            case DETAILS -> List.of();
        };
    }

    boolean wants(TraceRow row) {
        return Plan.wants(question, row) && question.covers(row.receivedAt());
    }

    /** What the caller gave, in an order of its own. */
    record Given(TreeMap<String, List<String>> parameters) {}
}
