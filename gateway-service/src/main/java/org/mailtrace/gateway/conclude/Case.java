package org.mailtrace.gateway.conclude;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.ask.Look;
import org.mailtrace.gateway.join.Custody;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Word;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.Words;

/** One recipient of one message, with everything that a rule may look at. */
record Case(
        Message message,
        String address,
        Custody custody,
        Inquiry inquiry,
        GatewaySettings settings,
        NextHops hops,
        Words words,
        Instant now,
        Set<String> visited) {
    static final Duration BEFORE_HAND_OVER = Duration.ofMinutes(5);

    /** The last custodian's word. */
    Optional<Word> last() {
        return custody.last();
    }

    /** The same message for an address that it went on under; empty if we have been there. */
    Optional<Case> under(String other) {
        if (visited.contains(other.toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        Set<String> further = new HashSet<>(visited);
        further.add(other.toLowerCase(Locale.ROOT));
        return Optional.of(new Case(
                message,
                other,
                Custody.of(message.wordsOn(other), hops),
                inquiry,
                settings,
                hops,
                words,
                now,
                further));
    }

    /** Whether the recipient is in one of our domains. */
    boolean ours() {
        return settings.domains().orElse(Set.of()).stream()
                .anyMatch(AddressPattern.domainOf(address)::equalsIgnoreCase);
    }

    GatewaySettings.Source source(String name) {
        return settings.sources().get(name);
    }

    String title(String name) {
        return Optional.ofNullable(settings.namedSources().get(name))
                .map(GatewaySettings.Source::title)
                .orElse(name);
    }

    /** How well a source looked for this message after it was handed over. */
    Look lookAfter(Word handOver, String source) {
        return inquiry.lookFor(
                source,
                message.first(o -> o.messageId()).flatMap(MailId::messageId),
                address,
                handOver.at().minus(BEFORE_HAND_OVER),
                source(source).grace().plus(BEFORE_HAND_OVER),
                now);
    }

    /** Whether a question can hold what the message and the recipient are called. */
    boolean isAskable() {
        return message.first(o -> o.messageId())
                        .map(MailId::of)
                        .map(MailId::isAskable)
                        .orElse(true)
                && new AddressPattern(address).isAskable();
    }

    /** The hand-over to a source that has no word on the recipient after it; empty if there is none. */
    Optional<HandOver> openHandOver() {
        return last().flatMap(word -> nextOf(word)
                .filter(target -> source(target) != null)
                .map(target -> new HandOver(word, target, source(target), lookAfter(word, target))));
    }

    /**
     * The source that a word handed it to. Where the host is called as another organisation's, it is that source's to say so:
     * by having nothing of the recipient, or by having had the message before.
     */
    Optional<String> nextOf(Word word) {
        List<Word> all = message.wordsOn(address);
        return hops.ownerOf(word)
                .filter(owner -> hops.targetOf(word, all).isPresent()
                        || all.stream().noneMatch(other -> other.source().equals(owner)));
    }

    /** Up to when every source with mailboxes was searched for it and has it not; empty if one of them did not look. */
    Optional<Instant> provenInNoMailboxUntil() {
        Instant from = message.firstSeen().minus(BEFORE_HAND_OVER);
        Optional<String> id = message.first(o -> o.messageId()).flatMap(MailId::messageId);
        List<Optional<Instant>> proven = settings.sources().entrySet().stream()
                .filter(entry -> entry.getValue().mailboxes())
                .map(entry -> inquiry.provenWithout(entry.getKey(), id, address, from, now))
                .toList();
        return proven.stream().allMatch(Optional::isPresent)
                ? proven.stream()
                        .flatMap(Optional::stream)
                        .min(Instant::compareTo)
                        .or(() -> Optional.of(now))
                : Optional.empty();
    }

    /** Words that hold a message in a mailbox, each source once. */
    List<Word> wordsWith(Set<RecipientStatus> statuses) {
        return custody.chain().stream()
                .filter(word -> statuses.contains(word.status()))
                .toList();
    }
}
