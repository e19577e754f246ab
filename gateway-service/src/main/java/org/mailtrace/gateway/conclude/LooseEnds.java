package org.mailtrace.gateway.conclude;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Sighting;
import org.mailtrace.gateway.join.Word;

/**
 * Finds out whether a message may be part of another one of its Message-ID: it was handed to a source by nobody, and another was
 * handed to that source for the same recipient more often than that source shows it, or in more attempts than one.
 */
final class LooseEnds {
    /**
     * A hand-over that a message may be the receipt of.
     *
     * @param giver the source that handed another message over
     * @param taker the source that it was handed to, which shows this one
     * @param handed whether that was taken; else it is still tried
     */
    record End(String giver, String taker, boolean handed) {}

    private final NextHops hops;
    private final Joiner joiner;

    LooseEnds(NextHops hops, Joiner joiner) {
        this.hops = hops;
        this.joiner = joiner;
    }

    /** The first that is found, if there is one. */
    Optional<End> of(Message message, Inquiry inquiry) {
        boolean began = message.sightings().stream()
                .anyMatch(sighting -> sighting.observation().origin().isPresent());
        if (began || namesakes(message, inquiry).isEmpty()) {
            return Optional.empty();
        }
        // Joined with what was shown before, which may be what this is part of.
        List<List<Sighting>> others = inquiry.messagesUnder(id(message).orElseThrow(), joiner).stream()
                .map(other ->
                        other.sightings().stream().filter(isNoPartOf(message)).toList())
                .toList();
        return message.sightings().stream()
                .flatMap(receipt -> receipt.observation().recipients().stream()
                        .filter(recipient -> !isHandedByItself(message, receipt, recipient.address()))
                        .flatMap(recipient ->
                                others.stream().flatMap(other -> end(other, receipt, recipient.address()).stream())))
                .findFirst();
    }

    /** What was seen under a message's Message-ID and is no part of it. */
    static List<Sighting> namesakes(Message message, Inquiry inquiry) {
        return id(message)
                .map(id -> inquiry.seenUnder(id).stream()
                        .filter(isNoPartOf(message))
                        .toList())
                .orElse(List.of());
    }

    private boolean isHandedByItself(Message message, Sighting receipt, String address) {
        return message.wordsOn(address).stream().anyMatch(word -> isTo(receipt.source(), word));
    }

    private Optional<End> end(List<Sighting> other, Sighting receipt, String address) {
        String taker = receipt.source();
        List<Word> words = other.stream()
                .flatMap(sighting -> sighting.wordsOn(address).stream())
                .toList();
        List<Word> handed = words.stream()
                .filter(word -> isTo(taker, word))
                .filter(word -> mayFollow(receipt, word))
                .toList();
        long shown = words.stream()
                .filter(word -> word.source().equals(taker))
                .filter(word -> word.sighting().observation().origin().isEmpty())
                .count();
        boolean mayBeOneMore = handed.size() > shown
                || handed.stream()
                        .anyMatch(word -> word.mayHaveBeenRetried() && word.mayHaveReached(receipt.observation()));
        return handed.stream()
                .filter(word -> mayBeOneMore)
                .min(Comparator.comparing(word -> word.status() != RecipientStatus.PASSED_ON))
                .map(word -> new End(word.source(), taker, word.status() == RecipientStatus.PASSED_ON));
    }

    /** Whether it may be a receipt of that hand-over, or of an attempt before it. */
    private static boolean mayFollow(Sighting receipt, Word word) {
        return !receipt.observation().lastSeen().isBefore(word.at().minus(Case.BEFORE_HAND_OVER))
                || word.mayHaveReached(receipt.observation());
    }

    private boolean isTo(String source, Word word) {
        return !word.source().equals(source)
                && hops.ownerOf(word).filter(source::equals).isPresent();
    }

    private static Predicate<Sighting> isNoPartOf(Message message) {
        return sighting -> message.sightings().stream()
                .noneMatch(own -> own.source().equals(sighting.source())
                        && own.observation()
                                .sourceId()
                                .equals(sighting.observation().sourceId()));
    }

    private static Optional<String> id(Message message) {
        return message.first(Observation::messageId).flatMap(MailId::messageId);
    }
}
