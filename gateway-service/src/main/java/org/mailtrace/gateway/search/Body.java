package org.mailtrace.gateway.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.Outcome;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceRecipient;
import org.mailtrace.gateway.join.Message;

/** The traces of a page until its body is as large as it may become. The first one is always there, however large. */
final class Body {
    /** Names, quotes and punctuation of one object, roughly. */
    private static final int OBJECT = 250;

    private final int limit;
    private final List<Message> shown = new ArrayList<>();
    private final List<Trace> traces = new ArrayList<>();
    private long size;
    private boolean full;

    Body(int limit) {
        this.limit = limit;
    }

    /**
     * Adds a trace if there is room for it and it has an outcome that was asked for.
     *
     * @return whether further ones may be added
     */
    boolean add(Message message, Trace trace, Set<Outcome> outcomes) {
        boolean wanted = outcomes.isEmpty()
                || trace.recipients().stream().anyMatch(recipient -> outcomes.contains(recipient.outcome()));
        long more = wanted ? sizeOf(trace) : 0;
        if (!shown.isEmpty() && size + more > limit) {
            full = true;
            return false;
        }
        size += more;
        shown.add(message);
        if (wanted) {
            traces.add(trace);
        }
        return true;
    }

    /** The messages that this page is about, those with another outcome included. */
    List<Message> shown() {
        return List.copyOf(shown);
    }

    List<Trace> traces() {
        return List.copyOf(traces);
    }

    /** Whether something had to be left to the next page. */
    boolean isFull() {
        return full;
    }

    /** About how many bytes it takes as JSON; never much less. */
    static long sizeOf(Trace trace) {
        long size = 4 * OBJECT
                + length(trace.subject())
                + length(trace.headerFrom())
                + trace.id().length() * 2L;
        for (TraceRecipient recipient : trace.recipients()) {
            size += 2 * OBJECT
                    + bytes(recipient.sentence())
                    + length(recipient.nextAction())
                    + length(recipient.reason())
                    + list(recipient.via())
                    + list(recipient.readdressedTo());
            for (TraceRecipient.Evidence evidence : recipient.evidence()) {
                size += OBJECT
                        + bytes(evidence.explanation())
                        + evidence.sourceId().length();
            }
        }
        for (Trace.Event event : trace.events()) {
            size += OBJECT + length(event.text()) + length(event.host());
            size += event.raw().stream()
                    .mapToLong(field -> 30 + bytes(field.name()) + bytes(field.value()))
                    .sum();
        }
        return size
                + trace.related().stream()
                        .mapToLong(related -> OBJECT + bytes(related.messageId()) + bytes(related.text()))
                        .sum()
                + trace.notices().stream()
                        .mapToLong(notice -> 60 + bytes(notice.text()))
                        .sum()
                + list(trace.links().consoles());
    }

    private static long list(List<String> texts) {
        return texts.stream().mapToLong(text -> 3 + bytes(text)).sum();
    }

    private static long length(Optional<String> text) {
        return text.map(Body::bytes).orElse(0L);
    }

    /** In UTF-8, with what JSON has to escape. */
    private static long bytes(String text) {
        return text.chars()
                .mapToLong(c -> c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 128 ? 1 : 3)
                .sum();
    }
}
