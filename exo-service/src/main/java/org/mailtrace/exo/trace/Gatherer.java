package org.mailtrace.exo.trace;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.graph.GraphClient;
import org.mailtrace.exo.graph.Rows;
import org.mailtrace.exo.graph.TraceFilter;
import org.mailtrace.exo.wire.Deadline;
import org.mailtrace.http.guard.SourceFailure;

/** Sends the requests of a plan. After one that failed no further one is begun: it would fail the same way. */
@ApplicationScoped
class Gatherer {
    private final GraphClient graph;
    private final TraceSettings settings;

    Gatherer(GraphClient graph, TraceSettings settings) {
        this.graph = graph;
        this.settings = settings;
    }

    Gathered gather(List<TraceFilter> plan, Deadline deadline) {
        AtomicReference<SourceFailure> failed = new AtomicReference<>();
        return Gathered.of(AtOnce.map(plan, settings.atOnce(), filter -> ask(filter, deadline, failed)));
    }

    private Rows ask(TraceFilter filter, Deadline deadline, AtomicReference<SourceFailure> failed) {
        SourceFailure before = failed.get();
        if (before != null) {
            return new Rows(List.of(), 0, Optional.of(before));
        }
        Rows rows = graph.rows(filter, deadline);
        rows.ending().filter(end -> end.state() != SourceState.TRUNCATED).ifPresent(failed::set);
        return rows;
    }
}
