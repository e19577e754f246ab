package org.mailtrace.exo.detail;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.DetailRow;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/**
 * The events of one recipient of one message. Each reading costs a request of the quota, so what was read is kept, and two
 * who want the same at the same time share one reading. A reading that failed is shared and forgotten.
 */
@ApplicationScoped
public class Details {
    private final MessageTraces traces;
    private final KeptEvents kept;
    private final ConcurrentMap<KeptEvents.Key, CompletableFuture<List<DetailEvent>>> underWay =
            new ConcurrentHashMap<>();

    @Inject
    public Details(MessageTraces traces, DetailSettings settings, Clock clock) {
        this(traces, new KeptEvents(settings, clock, Ticker.systemTicker()));
    }

    Details(MessageTraces traces, KeptEvents kept) {
        this.traces = traces;
        this.kept = kept;
    }

    /** Whether the events are at hand and cost no request. */
    public boolean areKept(TraceRow row) {
        return kept.of(row).isPresent();
    }

    /**
     * The events, oldest first, each once.
     *
     * @throws SourceFailure if there is no answer
     */
    public List<DetailEvent> of(TraceRow row, Errand errand) {
        Optional<List<DetailEvent>> known = kept.of(row);
        if (known.isPresent()) {
            return known.orElseThrow();
        }
        KeptEvents.Key key = KeptEvents.Key.of(row);
        CompletableFuture<List<DetailEvent>> mine = new CompletableFuture<>();
        CompletableFuture<List<DetailEvent>> others = underWay.putIfAbsent(key, mine);
        return others == null ? read(row, key, mine, errand) : shared(others, errand);
    }

    private List<DetailEvent> read(
            TraceRow row, KeptEvents.Key key, CompletableFuture<List<DetailEvent>> promise, Errand errand) {
        try {
            // another reading may have ended between the look at what is kept and the promise
            List<DetailEvent> events = kept.of(row).orElseGet(() -> fresh(row, key, errand));
            promise.complete(events);
            return events;
        } catch (RuntimeException e) {
            promise.completeExceptionally(e);
            throw e;
        } finally {
            promise.completeExceptionally(new SourceFailure(SourceState.FAILED, Words.GRAPH_FAILED));
            underWay.remove(key, promise);
        }
    }

    private List<DetailEvent> fresh(TraceRow row, KeptEvents.Key key, Errand errand) {
        List<DetailEvent> events =
                DetailEvent.inOrder(traces.details(row, errand).stream().map(Details::read));
        kept.put(key, events);
        return events;
    }

    private static List<DetailEvent> shared(CompletableFuture<List<DetailEvent>> reading, Errand errand) {
        try {
            return reading.get(errand.deadline().left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SourceFailure(SourceState.TIMED_OUT, Words.NO_ANSWER_IN_TIME, Optional.empty(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for events", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SourceFailure failure) {
                throw failure;
            }
            throw new IllegalStateException("reading events broke", e.getCause());
        }
    }

    private static DetailEvent read(DetailRow row) {
        List<NameValue> data = DetailData.read(row.data());
        StringBuilder text = new StringBuilder(row.action()).append('\n').append(row.description());
        data.forEach(field -> text.append('\n').append(field.value()));
        return new DetailEvent(
                row.at(),
                EventWords.type(row.event(), text.toString().toLowerCase(Locale.ROOT)),
                row.event(),
                row.action(),
                row.description(),
                data);
    }
}
