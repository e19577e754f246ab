package org.mailtrace.gateway.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.Question;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceRecipient;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.search.Reading.Entry;

/**
 * The traces of a page until its body is as large as it may become. The first one is always there; what of it does not fit
 * is left out, and that is said.
 */
final class Body {
    /** Names, quotes and punctuation of one object, roughly. */
    private static final int OBJECT = 250;

    private final Room room;
    private final List<Entry> shown = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();

    Body(int limit, Question question) {
        this(limit, Shape.JSON, question);
    }

    Body(int limit, Shape shape, Question question) {
        this.room = new Room(limit, shape, question::asksForRecipient);
    }

    private record Part(Message message, Trace trace) {}

    /**
     * Adds a trace if there is room for it and it has an outcome that was asked for.
     *
     * @return whether further ones may be added
     */
    boolean add(Entry entry, Trace trace, Set<Outcome> outcomes) {
        boolean wanted = outcomes.isEmpty()
                || trace.recipients().stream().anyMatch(recipient -> outcomes.contains(recipient.outcome()));
        if (wanted) {
            Optional<Trace> fitting = room.take(trace);
            if (fitting.isEmpty()) {
                return false;
            }
            parts.add(new Part(entry.message(), fitting.orElseThrow()));
        }
        shown.add(entry);
        return true;
    }

    /** What this page is about, those with another outcome included, in the order of the list. */
    List<Entry> shown() {
        return List.copyOf(shown);
    }

    /** Newest first, as a whole message is seen first. */
    List<Trace> traces() {
        return parts.stream()
                .sorted(Comparator.comparing(Part::message, Assembly.ORDER))
                .map(Part::trace)
                .toList();
    }

    /** That a trace is not whole. */
    List<String> warnings() {
        return room.warnings();
    }

    /** About how many bytes it takes as JSON; never much less. */
    static long sizeOf(Trace trace) {
        return 4 * OBJECT
                + length(trace.subject())
                + length(trace.headerFrom())
                + trace.id().length() * 2L
                + list(trace.path())
                + trace.recipients().stream().mapToLong(Body::sizeOf).sum()
                + trace.events().stream().mapToLong(Body::sizeOf).sum()
                + trace.related().stream().mapToLong(Body::sizeOf).sum()
                + trace.notices().stream().mapToLong(Body::sizeOf).sum()
                + list(trace.links().consoles());
    }

    static long sizeOf(Trace.Notice notice) {
        return 60 + bytes(notice.text()) + length(notice.recipient());
    }

    static long sizeOf(TraceRecipient recipient) {
        long size = 2 * OBJECT
                + bytes(recipient.sentence())
                + length(recipient.nextAction())
                + length(recipient.reason())
                + list(recipient.via())
                + list(recipient.readdressedTo());
        for (TraceRecipient.Evidence evidence : recipient.evidence()) {
            size += OBJECT + bytes(evidence.explanation()) + evidence.sourceId().length();
        }
        return size;
    }

    static long sizeOf(Trace.Event event) {
        return OBJECT
                + length(event.text())
                + length(event.host())
                + event.raw().stream()
                        .mapToLong(field -> 30 + bytes(field.name()) + bytes(field.value()))
                        .sum();
    }

    static long sizeOf(Trace.Related related) {
        return OBJECT
                + bytes(related.messageId())
                + bytes(related.text())
                + related.id().map(String::length).orElse(0);
    }

    static long list(List<String> texts) {
        long size = 0;
        for (String text : texts) {
            size += 3 + bytes(text);
        }
        return size;
    }

    static long length(Optional<String> text) {
        return text.map(Body::bytes).orElse(0L);
    }

    /** In UTF-8, with what JSON has to escape. */
    static long bytes(String text) {
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < ' ' ? 6 : c == '"' || c == '\\' ? 2 : c < 128 ? 1 : 3;
        }
        return bytes;
    }
}
