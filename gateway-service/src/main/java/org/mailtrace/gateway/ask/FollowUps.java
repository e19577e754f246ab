package org.mailtrace.gateway.ask;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.Kinship;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Word;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * What to ask next, given what was answered: the other id for a source that did not know the first one; the next hop
 * about what it was handed; everybody about addresses that a message went on under; and, when sender and recipient
 * together found nothing, the recipient alone, because a person knows the From header and the sources the envelope.
 */
@ApplicationScoped
class FollowUps {
    /** Systems' clocks may differ by this much. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** A message may have waited in another system for as long before it was seen. */
    private static final Duration BEFORE = Duration.ofDays(1);

    /** A message that a rule multiplied has many; the first ones tell enough. */
    private static final int RELATIVES = 5;

    private final Sources sources;
    private final NextHops hops;
    private final GatewaySettings settings;
    private final Joiner joiner;
    private final Clock clock;

    FollowUps(Sources sources, NextHops hops, GatewaySettings settings, Clock clock) {
        this.sources = sources;
        this.hops = hops;
        this.settings = settings;
        this.joiner = new Joiner(settings.sameMessageWithin(), hops);
        this.clock = clock;
    }

    List<Rounds.Put> after(Inquiry inquiry, Question question) {
        List<Message> messages = inquiry.messages(joiner);
        List<Rounds.Put> puts = new ArrayList<>(byTheOtherId(inquiry, question, messages));
        if (messages.isEmpty()
                && question.sender().isPresent()
                && !question.recipients().isEmpty()) {
            Question withoutSender = question.forRecipients(question.recipients());
            sources.all().forEach(source -> puts.add(new Rounds.Put(source, withoutSender)));
        }
        Set<String> addresses = new LinkedHashSet<>();
        if (messages.size() > settings.followedMessages()) {
            inquiry.warn("Only the newest " + settings.followedMessages() + " messages were followed to their next"
                    + " system; narrow the window to follow the others.");
        }
        messages.stream()
                .limit(settings.followedMessages())
                .forEach(message -> puts.addAll(along(message, question, addresses)));
        if (messages.size() <= settings.followedHolds()) {
            messages.forEach(message -> puts.addAll(toMailboxesIfHeld(message, question)));
        }
        if (question.include().contains(Include.RELATED)) {
            Kinship kinship = new Kinship(messages);
            messages.stream()
                    .limit(settings.followedMessages())
                    .forEach(message -> puts.addAll(toRelatives(message, kinship, question)));
        }
        if (addresses.size() > settings.followedAddresses()) {
            inquiry.warn("Only " + settings.followedAddresses() + " of the addresses that messages went on under were"
                    + " searched for.");
        }
        return puts;
    }

    private List<Rounds.Put> byTheOtherId(Inquiry inquiry, Question question, List<Message> messages) {
        if (question.messageId().isEmpty()) {
            return List.of();
        }
        List<Rounds.Put> puts = new ArrayList<>();
        for (Source source : sources.all()) {
            boolean doesNotKnowIt = inquiry.sources().contains(source.name())
                    && inquiry.answerOf(source.name()).state() == SourceState.CANNOT_ANSWER;
            if (doesNotKnowIt) {
                messages.stream()
                        .map(message -> other(question.messageId().get(), message))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .ifPresent(id ->
                                puts.add(new Rounds.Put(source, byId(id, question, question.from(), question.to()))));
            }
        }
        return puts;
    }

    private static Optional<MailId> other(MailId asked, Message message) {
        return asked.kind() == MailId.Kind.NETWORK_MESSAGE_ID
                ? message.first(o -> o.messageId()).map(MailId::of)
                : message.first(o -> o.networkMessageId()).map(MailId::of);
    }

    /** Follows one message to where it was handed, and under the addresses that it went on to. */
    private List<Rounds.Put> along(Message message, Question question, Set<String> addresses) {
        List<Rounds.Put> puts = new ArrayList<>();
        puts.addAll(toThoseThatShouldHaveSeenIt(message, question));
        Set<String> interesting = interesting(message, question);
        for (String address : interesting) {
            for (Word word : message.wordsOn(address)) {
                List<String> onwards = word.recipient().relatedAddresses();
                if (!onwards.isEmpty()) {
                    addresses.addAll(onwards);
                    everywhere(message, question, word).forEach(puts::add);
                }
                // Also where the host is called as another's: only who looked can say that it is none of ours.
                hops.ownerOf(word)
                        .filter(target -> message.wordsOn(address).stream()
                                .noneMatch(other -> other.source().equals(target)))
                        .flatMap(sources::named)
                        .ifPresent(target -> puts.addAll(toNextHop(target, message, address, question, word)));
            }
        }
        return puts;
    }

    /** Where a source names another message that belongs to this one, that one is looked for, so that it can be shown. */
    private List<Rounds.Put> toRelatives(Message message, Kinship kinship, Question question) {
        Instant from = message.firstSeen().minus(BEFORE);
        return kinship.of(message).stream()
                .map(Kinship.Link::other)
                .filter(id -> !kinship.isKnown(id))
                .limit(RELATIVES)
                .flatMap(id -> sources.all().stream()
                        .map(source -> new Rounds.Put(source, byId(MailId.of(id), question, from, clock.instant()))))
                .toList();
    }

    /** "It has not reached the mailbox" is only said after those with mailboxes were searched by the message's own id. */
    private List<Rounds.Put> toMailboxesIfHeld(Message message, Question question) {
        Optional<MailId> id = message.first(o -> o.messageId()).map(MailId::of);
        boolean held = message.recipients().stream()
                .filter(question::asksForRecipient)
                .flatMap(address -> message.wordsOn(address).stream())
                .anyMatch(word -> word.status() == RecipientStatus.QUARANTINED);
        if (!held || id.isEmpty()) {
            return List.of();
        }
        Question byId = byId(id.get(), question, message.firstSeen().minus(SKEW), clock.instant());
        return sources.all().stream()
                .filter(source -> source.settings().mailboxes() && !message.seenBy(source.name()))
                .map(source -> new Rounds.Put(source, byId))
                .toList();
    }

    /** "It came past that source" is only said after that source was searched by the message's own id. */
    private List<Rounds.Put> toThoseThatShouldHaveSeenIt(Message message, Question question) {
        Optional<MailId> id = message.first(o -> o.messageId()).map(MailId::of);
        return sources.all().stream()
                .filter(source -> source.settings().bypassNotice().isPresent() && !message.seenBy(source.name()))
                .flatMap(source -> id
                        .map(known -> new Rounds.Put(
                                source,
                                byId(known, question, message.firstSeen().minus(BEFORE), clock.instant())))
                        .stream())
                .toList();
    }

    /** Those asked for, and whatever address one of them went on under. */
    private static Set<String> interesting(Message message, Question question) {
        Set<String> interesting = new LinkedHashSet<>();
        message.recipients().stream().filter(question::asksForRecipient).forEach(interesting::add);
        List<String> open = new ArrayList<>(interesting);
        while (!open.isEmpty()) {
            String address = open.removeFirst();
            message.wordsOn(address).stream()
                    .flatMap(word -> word.recipient().relatedAddresses().stream())
                    .filter(interesting::add)
                    .forEach(open::add);
        }
        return interesting;
    }

    private List<Rounds.Put> everywhere(Message message, Question question, Word word) {
        Instant from = word.at().minus(SKEW);
        Optional<MailId> id = message.first(o -> o.messageId()).map(MailId::of);
        List<AddressPattern> others = word.recipient().relatedAddresses().stream()
                .limit(settings.followedAddresses())
                .map(address -> new AddressPattern(address.toLowerCase(Locale.ROOT)))
                .toList();
        return sources.all().stream()
                .map(source -> new Rounds.Put(
                        source,
                        id.map(known -> byId(known, question, from, clock.instant()))
                                .orElseGet(() -> byAddresses(others, question, from, clock.instant()))))
                .toList();
    }

    /** By id and by address: only both together prove that it is not there. */
    private List<Rounds.Put> toNextHop(Source target, Message message, String address, Question question, Word word) {
        Instant from = word.at().minus(SKEW);
        Instant to = clock.instant();
        List<Rounds.Put> puts = new ArrayList<>();
        message.first(o -> o.messageId())
                .map(MailId::of)
                .ifPresent(id -> puts.add(new Rounds.Put(target, byId(id, question, from, to))));
        puts.add(new Rounds.Put(
                target,
                byAddresses(List.of(new AddressPattern(address.toLowerCase(Locale.ROOT))), question, from, to)));
        return puts;
    }

    private static Question byId(MailId id, Question question, Instant from, Instant to) {
        return plain(Optional.of(id), List.of(), question, from, to);
    }

    private static Question byAddresses(List<AddressPattern> addresses, Question question, Instant from, Instant to) {
        return plain(Optional.empty(), addresses, question, from, to);
    }

    private static Question plain(
            Optional<MailId> id, List<AddressPattern> addresses, Question question, Instant from, Instant to) {
        Set<Include> include = new LinkedHashSet<>(question.include());
        include.add(Include.RECIPIENTS);
        return new Question(
                Optional.empty(),
                addresses,
                Optional.empty(),
                id,
                from,
                to.isAfter(from) ? minute(to) : from.plus(SKEW),
                Question.MAX_LIMIT,
                Optional.empty(),
                include,
                false,
                question.ticket(),
                question.reason());
    }

    /** Rounded up to the minute, so that a later round does not ask the same again. */
    private static Instant minute(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
    }
}
