package org.mailtrace.exo.trace;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.detail.Details;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.rows.MessageTraces;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/**
 * What is read about found messages beyond their rows, within the further requests that one question may cause: events,
 * and the rows of other recipients. A failure here takes nothing away from what was found; it becomes a warning.
 */
final class Enrichment implements KnownEvents {
    private final MessageTraces traces;
    private final Details details;
    private final int atOnce;
    private final Errand errand;
    private int allowance;
    private final Map<TraceRow.Key, List<DetailEvent>> events = new ConcurrentHashMap<>();
    private final Map<String, Message> whole = new ConcurrentHashMap<>();
    private final Set<String> notAllRead = ConcurrentHashMap.newKeySet();
    private final Set<String> warnings = new LinkedHashSet<>();
    private final AtomicReference<SourceFailure> failed = new AtomicReference<>();

    /** @param allowance how many further requests there may be */
    Enrichment(MessageTraces traces, Details details, int atOnce, int allowance, Errand errand) {
        this.traces = traces;
        this.details = details;
        this.atOnce = atOnce;
        this.allowance = allowance;
        this.errand = errand;
    }

    /** Reads the events of these rows, as many as the allowance permits, in their order. */
    void readEvents(List<TraceRow> rows) {
        List<TraceRow> affordable = new ArrayList<>();
        for (TraceRow row : rows) {
            if (!events.containsKey(row.key()) && (details.areKept(row) || allowance-- > 0)) {
                affordable.add(row);
            }
        }
        AtOnce.map(affordable, atOnce, this::readEvents);
        note(failure -> Words.detailsNotRead(failure.getMessage()));
    }

    /** Reads all rows of these messages, as many as the allowance permits, in their order. */
    void readWhole(List<Message> messages, Function<Message, Window> around) {
        List<Message> affordable = new ArrayList<>();
        for (Message message : messages) {
            if (!whole.containsKey(message.traceId())) {
                if (allowance-- > 0) {
                    affordable.add(message);
                } else {
                    warnings.add(Words.MEMBERS_NOT_READ);
                }
            }
        }
        AtOnce.map(affordable, atOnce, message -> readWhole(message, around.apply(message)));
        if (!notAllRead.isEmpty()) {
            warnings.add(Words.MEMBERS_NOT_READ);
        }
        note(failure -> Words.MEMBERS_NOT_READ);
    }

    @Override
    public Optional<List<DetailEvent>> eventsOf(TraceRow row) {
        return Optional.ofNullable(events.get(row.key()));
    }

    /** The message with all its rows that could be read, if they were asked for. */
    Optional<Message> wholeOf(Message message) {
        return Optional.ofNullable(whole.get(message.traceId()));
    }

    /** Whether every row of the message was read. */
    boolean allRead(Message message) {
        return whole.containsKey(message.traceId()) && !notAllRead.contains(message.traceId());
    }

    /** What could not be read, in sentences. */
    List<String> warnings() {
        return List.copyOf(warnings);
    }

    private boolean readEvents(TraceRow row) {
        if (failed.get() != null) {
            return false;
        }
        try {
            events.put(row.key(), details.of(row, errand));
            return true;
        } catch (SourceFailure e) {
            if (e.state() != SourceState.CANNOT_ANSWER) {
                failed.set(e);
            }
            return false;
        }
    }

    /** More rows than are read for one request leave those that were. */
    private boolean readWhole(Message message, Window around) {
        if (failed.get() != null) {
            return false;
        }
        Rows rows = traces.rows(TraceFilter.ofMessage(message.traceId(), around.from(), around.to()), errand);
        boolean cut = rows.ending()
                .filter(end -> end.state() == SourceState.TRUNCATED)
                .isPresent();
        if (rows.ending().isPresent() && !cut) {
            failed.set(rows.ending().orElseThrow());
            return false;
        }
        List<TraceRow> own = rows.rows().stream()
                .filter(row -> row.traceId().equals(message.traceId()))
                .toList();
        Gathered merged =
                Gathered.of(List.of(new Rows(message.rows(), 0, Optional.empty()), new Rows(own, 0, Optional.empty())));
        if (cut || rows.unreadable() > 0) {
            notAllRead.add(message.traceId());
        }
        whole.put(message.traceId(), new Message(message.traceId(), merged.rows()));
        return true;
    }

    private void note(Function<SourceFailure, String> sentence) {
        SourceFailure failure = failed.get();
        if (failure != null && warnings.isEmpty()) {
            warnings.add(sentence.apply(failure));
        }
    }
}
