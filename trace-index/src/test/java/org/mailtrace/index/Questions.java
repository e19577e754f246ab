package org.mailtrace.index;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.AddressPattern;

/** Questions to an index, and the groups of what it finds. */
public final class Questions {
    /** About then, invented messages were sent. */
    public static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private Questions() {}

    /** The groups of the messages that are found, in their order. */
    public static List<String> found(TraceIndex index, IndexQuery query) {
        return index.search(query).messages().stream()
                .map(IndexedMessage::group)
                .toList();
    }

    /** Ten messages of a sender. */
    public static IndexQuery sender(String sender) {
        return query(Optional.of(sender), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), 10);
    }

    /** Ten messages to a recipient. */
    public static IndexQuery recipient(String recipient) {
        return query(Optional.empty(), List.of(recipient), Optional.empty(), Optional.empty(), Optional.empty(), 10);
    }

    /** Ten messages whose subject contains this. */
    public static IndexQuery subject(String subject) {
        return query(Optional.empty(), List.of(), Optional.of(subject), Optional.empty(), Optional.empty(), 10);
    }

    /** Ten messages with this id. */
    public static IndexQuery id(String id) {
        return query(Optional.empty(), List.of(), Optional.empty(), Optional.of(id), Optional.empty(), 10);
    }

    /** The same over another time. */
    public static IndexQuery window(IndexQuery query, Instant from, Instant to) {
        return changed(query, from, to, query.after(), query.deadline());
    }

    /** The same, given up after another time. */
    public static IndexQuery within(Duration deadline, IndexQuery query) {
        return changed(query, query.from(), query.to(), query.after(), deadline);
    }

    /** The same, behind a place. */
    static IndexQuery after(IndexQuery query, Optional<Place> after) {
        return changed(query, query.from(), query.to(), after, query.deadline());
    }

    private static IndexQuery changed(
            IndexQuery query, Instant from, Instant to, Optional<Place> after, Duration deadline) {
        return new IndexQuery(
                query.sender(),
                query.recipients(),
                query.subject(),
                query.id(),
                from,
                to,
                query.noise(),
                after,
                query.limit(),
                deadline);
    }

    /** For messages of the day before and after {@link #NOON}. */
    public static IndexQuery query(
            Optional<String> sender,
            List<String> recipients,
            Optional<String> subject,
            Optional<String> id,
            Optional<Place> after,
            int limit) {
        return new IndexQuery(
                sender.map(AddressPattern::new),
                recipients.stream().map(AddressPattern::new).toList(),
                subject,
                id,
                NOON.minus(Duration.ofDays(1)),
                NOON.plus(Duration.ofDays(1)),
                false,
                after,
                limit,
                Duration.ofSeconds(10));
    }
}
