package org.mailtrace.gateway.join;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.RelatedMessage;
import org.mailtrace.contract.RelatedMessage.Relation;

/**
 * Which messages belong to which: reports on a delivery, journal copies, what a rule made. Only a source's own record that
 * names both by their ids makes a relation; that two messages look as if they belonged together never does.
 */
public final class Kinship {
    /**
     * One relation.
     *
     * @param source whose record links the two
     * @param other the Message-ID header of the other message, with brackets
     * @param relation what the other is to this message
     * @param text the source's sentence about it; empty where only its record of the other message names this one
     */
    public record Link(String source, String other, Relation relation, Optional<String> text) {}

    /** A message whose record names another one. */
    private record Naming(Message message, String source, RelatedMessage related) {}

    private final List<Message> known;
    /** Made when it is first needed: most messages name no other. */
    private Optional<Map<String, List<Message>>> byId = Optional.empty();

    private final Map<String, List<Naming>> naming = new HashMap<>();

    /** @param known all messages that were found */
    public Kinship(List<Message> known) {
        this.known = List.copyOf(known);
        for (Message message : known) {
            message.sightings()
                    .forEach(sighting -> sighting.observation()
                            .relatedMessages()
                            .forEach(related -> naming.computeIfAbsent(
                                            Addresses.lower(related.messageId()), any -> new ArrayList<>())
                                    .add(new Naming(message, sighting.source(), related))));
        }
    }

    private List<Message> withId(String id) {
        Map<String, List<Message>> all = byId.orElseGet(this::byId);
        byId = Optional.of(all);
        return all.getOrDefault(id, List.of());
    }

    private Map<String, List<Message>> byId() {
        Map<String, List<Message>> all = new HashMap<>();
        known.forEach(message -> ids(message)
                .forEach(id -> all.computeIfAbsent(id, any -> new ArrayList<>()).add(message)));
        return all;
    }

    /**
     * What belongs to a message, each other message once. Its own records say so; another message's record does where the
     * id that it names is that of no other message.
     */
    public List<Link> of(Message message) {
        boolean namesNone = message.sightings().stream()
                .allMatch(sighting -> sighting.observation().relatedMessages().isEmpty());
        if (namesNone && naming.isEmpty()) {
            return List.of();
        }
        Set<String> own = ids(message);
        Map<String, Link> links = new LinkedHashMap<>();
        message.sightings()
                .forEach(sighting -> sighting.observation().relatedMessages().stream()
                        .filter(related -> !own.contains(Addresses.lower(related.messageId())))
                        .forEach(related -> links.putIfAbsent(
                                Addresses.lower(related.messageId()),
                                new Link(
                                        sighting.source(),
                                        related.messageId(),
                                        related.relation(),
                                        Optional.of(related.text())))));
        own.stream()
                .filter(id -> withId(id).stream().allMatch(message::equals))
                .flatMap(id -> naming.getOrDefault(id, List.of()).stream())
                .filter(named -> !named.message().equals(message))
                .forEach(named ->
                        theOther(named).ifPresent(link -> links.putIfAbsent(Addresses.lower(link.other()), link)));
        return List.copyOf(links.values());
    }

    /** The message of a Message-ID. It may be that of several messages: then nobody knows which of them is meant. */
    public Optional<Message> theOne(String messageId) {
        return Optional.of(withId(Addresses.lower(messageId)))
                .filter(messages -> messages.size() == 1)
                .map(List::getFirst);
    }

    /** Whether any message of that Message-ID was found. */
    public boolean isKnown(String messageId) {
        return !withId(Addresses.lower(messageId)).isEmpty();
    }

    /**
     * Of some messages, those that were only made because of others of them. An id is its sender's choice: whoever uses
     * that of a report or copy again is told from it by whom it is from and to, and hides nothing where both are known.
     */
    public Set<Message> followers(Collection<Message> shown) {
        Set<Message> among = identities(shown);
        Set<Message> followers = identities(List.of());
        naming.forEach((id, all) -> theOne(id)
                .filter(among::contains)
                .ifPresent(named -> all.stream()
                        .filter(one ->
                                among.contains(one.message()) && !one.message().equals(named))
                        .flatMap(one -> follower(one, named).stream())
                        .forEach(followers::add)));
        return followers;
    }

    private static Optional<Message> follower(Naming one, Message named) {
        return switch (one.related().relation()) {
            case ORIGINAL -> Optional.of(one.message());
            case DELIVERY_REPORT -> Optional.of(named).filter(other -> isReportFor(one.message(), other));
            case DERIVED -> Optional.of(named);
        };
    }

    /** Reports have the null sender and go to whoever sent what they report on (RFC 3464, section 2). */
    private static boolean isReportFor(Message message, Message report) {
        return report.first(Observation::sender).filter("<>"::equals).isPresent()
                && message.first(Observation::sender)
                        .map(Addresses::lower)
                        .filter(sender -> report.sightings().stream()
                                .anyMatch(sighting -> Addresses.withOnwards(sighting.observation())
                                        .contains(sender)))
                        .isPresent();
    }

    private static Set<Message> identities(Collection<Message> messages) {
        Set<Message> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(messages);
        return set;
    }

    /** Whether a Message-ID is that of a message. */
    public static boolean isOf(Message message, String messageId) {
        return ids(message).contains(Addresses.lower(messageId));
    }

    private static Set<String> ids(Message message) {
        return message.sightings().stream()
                .flatMap(sighting -> sighting.observation().messageId().stream())
                .flatMap(id -> MailId.messageId(id).stream())
                .map(Addresses::lower)
                .collect(Collectors.toSet());
    }

    /** The relation the other way round: whether what names this message reports on it or is a copy, it does not say. */
    private static Optional<Link> theOther(Naming named) {
        Message other = named.message();
        Relation relation = named.related().relation() != Relation.ORIGINAL ? Relation.ORIGINAL : Relation.DERIVED;
        return other.first(Observation::messageId)
                .flatMap(MailId::messageId)
                .map(id -> new Link(named.source(), id, relation, Optional.empty()));
    }
}
