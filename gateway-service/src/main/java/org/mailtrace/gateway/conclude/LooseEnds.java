package org.mailtrace.gateway.conclude;

import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Recipient;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Sighting;
import org.mailtrace.gateway.join.Word;

/**
 * Finds out whether a message may be part of another one of its Message-ID: it was handed to a source by nobody, and another was
 * handed to that source for the same recipient more often than that source shows it.
 */
final class LooseEnds {
    /**
     * A hand-over that a message may be the receipt of.
     *
     * @param giver the source that handed another message over
     * @param taker the source that it was handed to, which shows this one
     */
    record End(String giver, String taker) {}

    private final NextHops hops;

    LooseEnds(NextHops hops) {
        this.hops = hops;
    }

    /** The first that is found, if there is one. */
    Optional<End> of(Message message, Inquiry inquiry) {
        List<Sighting> namesakes = namesakes(message, inquiry);
        boolean began = message.sightings().stream()
                .anyMatch(s -> s.observation().origin().isPresent());
        return namesakes.isEmpty() || began
                ? Optional.empty()
                : message.sightings().stream()
                        .flatMap(sighting -> sighting.observation().recipients().stream()
                                .flatMap(recipient -> end(message, sighting, recipient, namesakes).stream()))
                        .findFirst();
    }

    /** What was seen under a message's Message-ID and is no part of it. */
    static List<Sighting> namesakes(Message message, Inquiry inquiry) {
        Optional<String> id = id(message.first(Observation::messageId));
        return id.isEmpty()
                ? List.of()
                : inquiry.sightings().stream()
                        .filter(sighting -> id(sighting.observation().messageId())
                                .filter(id.get()::equalsIgnoreCase)
                                .isPresent())
                        .filter(sighting -> !isPartOf(message, sighting))
                        .toList();
    }

    private Optional<End> end(Message message, Sighting receipt, Recipient recipient, List<Sighting> namesakes) {
        String taker = receipt.source();
        String address = recipient.address();
        boolean handedByItself = message.wordsOn(address).stream().anyMatch(word -> isTo(taker, word));
        List<Word> handed = namesakes.stream()
                .flatMap(sighting -> wordsOn(address, sighting).stream())
                .filter(word -> isTo(taker, word))
                .filter(word ->
                        !receipt.observation().lastSeen().isBefore(word.at().minus(Case.BEFORE_HAND_OVER)))
                .toList();
        long shown = namesakes.stream()
                .filter(sighting -> sighting.source().equals(taker)
                        && !wordsOn(address, sighting).isEmpty())
                .count();
        return handedByItself || handed.size() <= shown
                ? Optional.empty()
                : Optional.of(new End(handed.getFirst().source(), taker));
    }

    private boolean isTo(String source, Word word) {
        return !word.source().equals(source)
                && hops.ownerOf(word).filter(source::equals).isPresent();
    }

    /** What a source says on a recipient in one row. */
    static List<Word> wordsOn(String address, Sighting sighting) {
        return sighting.observation().recipients().stream()
                .filter(recipient -> recipient.address().equalsIgnoreCase(address))
                .map(recipient -> new Word(sighting, recipient))
                .toList();
    }

    private static boolean isPartOf(Message message, Sighting sighting) {
        return message.sightings().stream()
                .anyMatch(own -> own.source().equals(sighting.source())
                        && own.observation()
                                .sourceId()
                                .equals(sighting.observation().sourceId()));
    }

    private static Optional<String> id(Optional<String> messageId) {
        return messageId.flatMap(MailId::messageId);
    }
}
