package org.mailtrace.gateway.ask;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
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

    /** As many recipients as the contract lets one question name. */
    private static final int AT_ONCE = 20;

    private final Sources sources;
    private final NextHops hops;
    private final GatewaySettings settings;
    private final Joiner joiner;

    FollowUps(Sources sources, NextHops hops, GatewaySettings settings) {
        this.sources = sources;
        this.hops = hops;
        this.settings = settings;
        this.joiner = new Joiner(settings.sameMessageWithin(), hops);
    }

    /**
     * What to ask next.
     *
     * @param firstLeft the place, counted from 0, of the newest message that went on as well and is not followed
     * @param addressesLeft whether there are more addresses than may be asked for
     */
    record Further(List<Rounds.Put> puts, OptionalInt firstLeft, boolean addressesLeft) {}

    /** @param open whether a question may be put and was not put before */
    Further after(Inquiry inquiry, Question question, Reach reach, Predicate<Rounds.Put> open) {
        List<Message> messages = inquiry.messages(joiner);
        List<Rounds.Put> puts = new ArrayList<>(byTheOtherId(inquiry, question, messages));
        if (messages.isEmpty()
                && !inquiry.hasSettled()
                && question.sender().isPresent()
                && !question.recipients().isEmpty()) {
            Question withoutSender = question.forRecipients(question.recipients());
            sources.all().forEach(source -> puts.add(new Rounds.Put(source, withoutSender)));
        }
        List<Message> followed = messages.stream().limit(reach.messages()).toList();
        AtomicBoolean addressesLeft = new AtomicBoolean();
        Predicate<String> allowed = address -> {
            boolean allows = inquiry.allowance().allows(address, reach.addresses());
            addressesLeft.compareAndSet(false, !allows);
            return allows;
        };
        followed.forEach(message -> puts.addAll(new Onwards(message, question, reach, open, allowed).puts()));
        if (messages.size() <= settings.followedHolds()) {
            messages.forEach(message -> puts.addAll(toMailboxesIfHeld(message, question, reach)));
        }
        if (question.include().contains(Include.RELATED)) {
            Kinship kinship = new Kinship(messages);
            followed.forEach(message -> puts.addAll(toRelatives(message, kinship, question, reach)));
        }
        OptionalInt firstLeft = IntStream.range(Math.min(reach.messages(), messages.size()), messages.size())
                .filter(place -> new Onwards(messages.get(place), question, reach, open, address -> true)
                        .puts().stream().anyMatch(open))
                .findFirst();
        return new Further(puts.stream().filter(open).distinct().toList(), firstLeft, addressesLeft.get());
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
                ? idOf(message)
                : message.first(o -> o.networkMessageId()).map(MailId::of);
    }

    /** The Message-ID, if a question can hold it. */
    private static Optional<MailId> idOf(Message message) {
        return message.first(o -> o.messageId()).map(MailId::of).filter(MailId::isAskable);
    }

    /** Where a source names another message that belongs to this one, that one is looked for, so that it can be shown. */
    private List<Rounds.Put> toRelatives(Message message, Kinship kinship, Question question, Reach reach) {
        Instant from = message.firstSeen().minus(BEFORE);
        return kinship.of(message).stream()
                .map(Kinship.Link::other)
                .filter(id -> !kinship.isKnown(id))
                .map(MailId::of)
                .filter(MailId::isAskable)
                .limit(RELATIVES)
                .flatMap(id -> sources.all().stream()
                        .map(source -> new Rounds.Put(source, byId(id, question, from, reach.upTo()))))
                .toList();
    }

    /** "It has not reached the mailbox" is only said after those with mailboxes were searched by the message's own id. */
    private List<Rounds.Put> toMailboxesIfHeld(Message message, Question question, Reach reach) {
        boolean held = message.recipients().stream()
                .filter(question::asksForRecipient)
                .flatMap(address -> message.wordsOn(address).stream())
                .anyMatch(word -> word.status() == RecipientStatus.QUARANTINED);
        Optional<MailId> id = idOf(message);
        if (!held || id.isEmpty()) {
            return List.of();
        }
        Question byId = byId(id.get(), question, message.firstSeen().minus(SKEW), reach.upTo());
        return sources.all().stream()
                .filter(source -> source.settings().mailboxes() && !message.seenBy(source.name()))
                .map(source -> new Rounds.Put(source, byId))
                .toList();
    }

    /** Follows one message to where it was handed, and under the addresses that it went on to. */
    private final class Onwards {
        private final Message message;
        private final Question question;
        private final Reach reach;
        private final Predicate<Rounds.Put> open;
        private final Predicate<String> allowed;
        private final Optional<MailId> id;
        /** Words that name new addresses. */
        private final List<Word> readdressing = new ArrayList<>();
        /** Words that name a next system which says nothing of the recipient, by that system. */
        private final Map<String, Map<String, Word>> handedTo = new TreeMap<>();

        Onwards(
                Message message,
                Question question,
                Reach reach,
                Predicate<Rounds.Put> open,
                Predicate<String> allowed) {
            this.message = message;
            this.question = question;
            this.reach = reach;
            this.open = open;
            this.allowed = allowed;
            this.id = idOf(message);
            interesting(message, question).forEach(this::look);
        }

        private void look(String address) {
            List<Word> words = message.wordsOn(address);
            for (Word word : words) {
                if (!word.recipient().relatedAddresses().isEmpty()) {
                    readdressing.add(word);
                }
                // Also where the host is called as another's: only who looked can say that it is none of ours.
                hops.ownerOf(word)
                        .filter(target ->
                                words.stream().noneMatch(other -> other.source().equals(target)))
                        .ifPresent(target -> handedTo.computeIfAbsent(target, name -> new LinkedHashMap<>())
                                .merge(address, word, (one, other) -> one.at().isAfter(other.at()) ? other : one));
            }
        }

        List<Rounds.Put> puts() {
            List<Rounds.Put> puts = new ArrayList<>(toThoseThatShouldHaveSeenIt());
            if (!readdressing.isEmpty()) {
                puts.addAll(everywhere());
            }
            handedTo.forEach(
                    (name, words) -> sources.named(name).ifPresent(target -> puts.addAll(toNextHop(target, words))));
            return puts;
        }

        /** "It came past that source" is only said after that source was searched by the message's own id. */
        private List<Rounds.Put> toThoseThatShouldHaveSeenIt() {
            return sources.all().stream()
                    .filter(source -> source.settings().bypassNotice().isPresent() && !message.seenBy(source.name()))
                    .flatMap(source -> id
                            .map(known -> new Rounds.Put(
                                    source,
                                    byId(known, question, message.firstSeen().minus(BEFORE), reach.upTo())))
                            .stream())
                    .toList();
        }

        private List<Rounds.Put> everywhere() {
            Instant from = earliest(readdressing);
            List<Question> questions = id.map(known -> List.of(byId(known, question, from, reach.upTo())))
                    .orElseGet(() -> byAddresses(
                            readdressing.stream()
                                    .flatMap(word -> word.recipient().relatedAddresses().stream())
                                    .toList(),
                            from));
            return sources.all().stream()
                    .flatMap(source -> questions.stream().map(each -> new Rounds.Put(source, each)))
                    .toList();
        }

        /**
         * By id and by address: only both together prove that it is not there. Of many recipients the id is asked for
         * first, because it finds most of them at once.
         */
        private List<Rounds.Put> toNextHop(Source target, Map<String, Word> words) {
            Instant from = earliest(words.values());
            List<Rounds.Put> puts = new ArrayList<>();
            id.ifPresent(known -> puts.add(new Rounds.Put(target, byId(known, question, from, reach.upTo()))));
            boolean idFirst = words.size() > AT_ONCE && puts.stream().anyMatch(open);
            if (!idFirst) {
                byAddresses(words.keySet(), from).forEach(each -> puts.add(new Rounds.Put(target, each)));
            }
            return puts;
        }

        /** As many addresses in one question as a source takes. */
        private List<Question> byAddresses(Collection<String> addresses, Instant from) {
            List<AddressPattern> patterns = addresses.stream()
                    .map(address -> new AddressPattern(address.toLowerCase(Locale.ROOT)))
                    .filter(AddressPattern::isAskable)
                    .filter(pattern -> allowed.test(pattern.value()))
                    .distinct()
                    .toList();
            return IntStream.range(0, Math.ceilDiv(patterns.size(), AT_ONCE))
                    .mapToObj(i -> patterns.subList(i * AT_ONCE, Math.min(patterns.size(), (i + 1) * AT_ONCE)))
                    .map(some -> plain(Optional.empty(), List.copyOf(some), question, from, reach.upTo()))
                    .toList();
        }

        private static Instant earliest(Collection<Word> words) {
            return words.stream()
                    .map(Word::at)
                    .min(Instant::compareTo)
                    .orElseThrow()
                    .minus(SKEW);
        }
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

    private static Question byId(MailId id, Question question, Instant from, Instant to) {
        return plain(Optional.of(id), List.of(), question, from, to);
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
