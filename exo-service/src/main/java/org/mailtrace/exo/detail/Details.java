package org.mailtrace.exo.detail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;
import org.mailtrace.contract.NameValue;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.DetailRow;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.TraceRow;

/** The events of one recipient of one message, kept for a short while: each reading costs a request of the quota. */
@ApplicationScoped
public class Details {
    private final MessageTraces traces;
    private final Cache<TraceRow.Key, List<DetailEvent>> kept;

    Details(MessageTraces traces, DetailSettings settings) {
        this.traces = traces;
        this.kept = Caffeine.newBuilder()
                .maximumSize(settings.keepAtMost())
                .expireAfterWrite(settings.keepFor())
                .build();
    }

    /** Whether the events are at hand and cost no request. */
    public boolean areKept(TraceRow row) {
        return kept.getIfPresent(row.key()) != null;
    }

    /**
     * The events, oldest first.
     *
     * @throws org.mailtrace.http.guard.SourceFailure if there is no answer
     */
    public List<DetailEvent> of(TraceRow row, Errand errand) {
        List<DetailEvent> known = kept.getIfPresent(row.key());
        if (known != null) {
            return known;
        }
        List<DetailEvent> read = traces.details(row, errand).stream()
                .map(Details::read)
                .sorted(DetailEvent.ORDER)
                .toList();
        kept.put(row.key(), read);
        return read;
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
