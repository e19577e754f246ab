package org.mailtrace.exo.trace;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.http.guard.SourceFailure;

/** Sends the requests of a plan. After one that failed no further one is begun: it would fail the same way. */
@ApplicationScoped
class Gatherer {
    private final MessageTraces traces;
    private final TraceSettings settings;

    Gatherer(MessageTraces traces, TraceSettings settings) {
        this.traces = traces;
        this.settings = settings;
    }

    Gathered gather(List<TraceFilter> plan, Errand errand) {
        AtomicReference<SourceFailure> failed = new AtomicReference<>();
        return Gathered.of(AtOnce.map(plan, settings.atOnce(), filter -> ask(filter, errand, failed)));
    }

    private Rows ask(TraceFilter filter, Errand errand, AtomicReference<SourceFailure> failed) {
        SourceFailure before = failed.get();
        if (before != null) {
            return new Rows(List.of(), 0, Optional.of(before));
        }
        Rows rows = traces.rows(filter, errand);
        rows.ending().filter(end -> end.state() != SourceState.TRUNCATED).ifPresent(failed::set);
        return rows;
    }
}
