package org.mailtrace.gateway.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceRecipient;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.conclude.Conclude;
import org.mailtrace.gateway.conclude.Conclusion;
import org.mailtrace.gateway.conclude.Notices;
import org.mailtrace.gateway.conclude.Origins;
import org.mailtrace.gateway.join.Custody;
import org.mailtrace.gateway.join.Kinship;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Sighting;
import org.mailtrace.gateway.join.Word;
import org.mailtrace.gateway.words.Words;

/** Puts one trace together from a joined message and what is concluded about it. */
@ApplicationScoped
class Assembly {
    private final Conclude conclude;
    private final Origins origins;
    private final Notices notices;
    private final NextHops hops;
    private final TraceIds ids;
    private final Words words;

    Assembly(Conclude conclude, Origins origins, Notices notices, NextHops hops, TraceIds ids, Words words) {
        this.words = words;
        this.conclude = conclude;
        this.origins = origins;
        this.notices = notices;
        this.hops = hops;
        this.ids = ids;
    }

    /**
     * The trace of a message; events come with it when the question includes them.
     *
     * @param kinship of all messages that were found, whether or not they are shown
     */
    Trace trace(Message message, Kinship kinship, Question question, Inquiry inquiry, String base) {
        Chains chains = new Chains(message);
        List<TraceRecipient> recipients = withoutAliases(
                message,
                question,
                recipientsOf(message, question).stream()
                        .map(address -> recipient(message, address, chains.of(address), inquiry))
                        .toList());
        Direction direction = direction(recipients);
        List<Sighting> custody = custodyOf(message, chains);
        String id = ids.idOf(message);
        return new Trace(
                id,
                message.first(Observation::messageId),
                message.first(Observation::networkMessageId),
                message.first(Observation::sender),
                message.first(Observation::headerFrom),
                message.first(Observation::subject),
                message.first(Observation::sizeBytes),
                direction,
                message.firstSeen(),
                message.lastSeen(),
                path(message, custody, chains),
                new Trace.Join(message.isProbable() ? Trace.Confidence.PROBABLE : Trace.Confidence.EXACT, message.by()),
                recipients,
                new Bearers(message, recipients)
                        .of(notices.of(
                                message, direction, inquiry, question.include().contains(Include.RECIPIENTS))),
                related(message, kinship),
                question.include().contains(Include.EVENTS) ? events(custody) : List.of(),
                new Trace.Links(
                        base + "traces/" + id,
                        message.sightings().stream()
                                .map(s -> s.observation().consoleUrl())
                                .flatMap(Optional::stream)
                                .distinct()
                                .toList()));
    }

    /** Who handed one message to whom, found out once for each recipient: three parts of a trace are made of it. */
    private final class Chains {
        private final Map<String, Custody> known = new HashMap<>();
        private final Message message;

        Chains(Message message) {
            this.message = message;
        }

        Custody of(String address) {
            return known.computeIfAbsent(address, any -> Custody.of(message.wordsOn(any), hops));
        }
    }

    private List<Trace.Related> related(Message message, Kinship kinship) {
        return kinship.of(message).stream()
                .map(link -> new Trace.Related(
                        link.relation(),
                        link.other(),
                        link.source(),
                        kinship.theOne(link.other()).map(ids::idOf),
                        link.text().orElseGet(() -> words.related(link.relation()))))
                .toList();
    }

    private TraceRecipient recipient(Message message, String address, Custody custody, Inquiry inquiry) {
        Conclusion conclusion = conclude.conclude(message, address, custody, inquiry);
        return new TraceRecipient(
                address,
                conclusion.outcome(),
                origins.direction(message, address),
                conclusion.where(),
                conclusion.since(),
                conclusion.reason(),
                conclusion.via(),
                conclusion.readdressedTo(),
                conclusion.sentence(),
                conclusion.nextAction(),
                conclusion.words().stream().map(Assembly::evidence).toList());
    }

    private static TraceRecipient.Evidence evidence(Word word) {
        return new TraceRecipient.Evidence(
                word.source(),
                word.sighting().observation().sourceId(),
                word.at(),
                word.status().name(),
                word.recipient().rawStatus(),
                word.recipient().explanation());
    }

    private static List<String> recipientsOf(Message message, Question question) {
        List<String> all = message.recipients();
        return everybody(question)
                ? all
                : all.stream().filter(question::asksForRecipient).toList();
    }

    private static boolean everybody(Question question) {
        return question.recipients().isEmpty() || question.include().contains(Include.RECIPIENTS);
    }

    /** Of all recipients, not those that only are another address of one that is shown; whom it went on to is shown. */
    private static List<TraceRecipient> withoutAliases(
            Message message, Question question, List<TraceRecipient> recipients) {
        if (!everybody(question)) {
            return recipients;
        }
        Set<String> aliases = recipients.stream()
                .flatMap(recipient -> message.wordsOn(recipient.address()).stream())
                .filter(word -> word.status() == RecipientStatus.RESOLVED)
                .flatMap(word -> word.recipient().relatedAddresses().stream())
                .map(address -> address.toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        recipients.stream()
                .flatMap(recipient -> recipient.readdressedTo().stream())
                .map(address -> address.toLowerCase(Locale.ROOT))
                .forEach(aliases::remove);
        return recipients.stream()
                .filter(recipient -> !aliases.contains(recipient.address().toLowerCase(Locale.ROOT))
                        || (!question.recipients().isEmpty() && question.asksForRecipient(recipient.address())))
                .toList();
    }

    private static Direction direction(List<TraceRecipient> recipients) {
        Set<Direction> directions =
                recipients.stream().map(TraceRecipient::direction).collect(Collectors.toSet());
        return switch (directions.size()) {
            case 0 -> Direction.UNKNOWN;
            case 1 -> directions.iterator().next();
            default -> Direction.MIXED;
        };
    }

    /** Sightings in the order of custody: recipients' chains, and those of the addresses they went on under. */
    private static List<Sighting> custodyOf(Message message, Chains chains) {
        // By identity: a sighting is a large record, and every message has its own.
        Set<Sighting> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Sighting> ordered = new ArrayList<>();
        List<String> open = new ArrayList<>(message.recipients());
        open.sort(Comparator.comparingInt(address -> onwards(message, address).isEmpty() ? 1 : 0));
        Set<String> done = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            String address = open.removeFirst();
            if (done.add(address.toLowerCase(Locale.ROOT))) {
                chains.of(address).chain().stream()
                        .map(Word::sighting)
                        .filter(seen::add)
                        .forEach(ordered::add);
                open.addAll(0, onwards(message, address));
            }
        }
        message.sightings().stream().filter(seen::add).forEach(ordered::add);
        return List.copyOf(ordered);
    }

    /**
     * The sources in the order of custody; one that had the message twice and tells it once stands there twice, and one that tells
     * it in parts, each for other recipients, once.
     */
    private List<String> path(Message message, List<Sighting> custody, Chains chains) {
        IdentityHashMap<Sighting, String> passes = new IdentityHashMap<>();
        message.recipients()
                .forEach(address -> chains.of(address)
                        .earlierPasses(hops)
                        .forEach((word, source) -> passes.putIfAbsent(word.sighting(), source)));
        List<String> path = new ArrayList<>();
        for (int i = 0; i < custody.size(); i++) {
            Sighting sighting = custody.get(i);
            if (i == 0 || !areParts(custody.get(i - 1), sighting)) {
                path.add(sighting.source());
            }
            Optional.ofNullable(passes.get(sighting)).ifPresent(path::add);
        }
        return path;
    }

    private static boolean areParts(Sighting before, Sighting sighting) {
        return before.source().equals(sighting.source())
                && before.observation().networkMessageId().isPresent()
                && sighting.observation().networkMessageId().isPresent()
                && Collections.disjoint(addresses(before), addresses(sighting));
    }

    private static Set<String> addresses(Sighting sighting) {
        return sighting.observation().recipients().stream()
                .map(recipient -> recipient.address().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** The addresses under which the mail to an address went on. */
    static List<String> onwards(Message message, String address) {
        return message.wordsOn(address).stream()
                .flatMap(word -> word.recipient().relatedAddresses().stream())
                .toList();
    }

    private static List<Trace.Event> events(List<Sighting> custody) {
        return custody.stream()
                .flatMap(sighting -> sighting.observation().events().stream()
                        .sorted(Comparator.comparing(event -> event.at()))
                        .map(event -> new Trace.Event(
                                sighting.source(),
                                event.at(),
                                event.type().name(),
                                event.recipient(),
                                event.host(),
                                event.text(),
                                event.raw())))
                .toList();
    }

    /** A trace's place among those of the same moment. */
    static String keyOf(Message message) {
        Sighting first = message.sightings().getFirst();
        return first.source() + " " + first.observation().sourceId();
    }

    /** The order of a list: newest first, ties by key. */
    static final Comparator<Message> ORDER = Comparator.comparing((Message message) ->
                    Instant.ofEpochMilli(message.firstSeen().toEpochMilli()))
            .reversed()
            .thenComparing(Assembly::keyOf);
}
