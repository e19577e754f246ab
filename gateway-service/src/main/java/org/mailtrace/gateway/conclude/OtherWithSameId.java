package org.mailtrace.gateway.conclude;

import java.time.Instant;
import java.util.Optional;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Outcome;
import org.mailtrace.gateway.join.Sighting;

/**
 * The next source shows nothing that can be told to be this message, but a row with its Message-ID for the same recipient:
 * it may be the receipt, or that of another message with the same id. Nothing is missing there then, and nothing proven.
 */
final class OtherWithSameId implements Rule {
    @Override
    public String name() {
        return "other-with-same-id";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        Optional<String> id = recipient.message().first(Observation::messageId).flatMap(MailId::messageId);
        return recipient
                .openHandOver()
                .filter(handOver -> id.stream()
                        .flatMap(own -> recipient.inquiry().seenUnder(own).stream())
                        .anyMatch(sighting ->
                                mayBeIt(sighting, handOver, recipient) && !isAnothers(sighting, handOver, recipient)))
                .map(handOver -> Conclusion.of(
                        name(),
                        Outcome.UNDETERMINED,
                        handOver.word(),
                        Optional.of("same-message-id"),
                        recipient
                                .words()
                                .otherWithSameId(
                                        recipient.title(handOver.word().source()),
                                        handOver.next().title(),
                                        handOver.word())));
    }

    private static boolean mayBeIt(Sighting sighting, HandOver handOver, Case recipient) {
        Observation seen = sighting.observation();
        return sighting.source().equals(handOver.target())
                && (!seen.lastSeen().isBefore(handOver.word().at().minus(Case.BEFORE_HAND_OVER))
                        || (handOver.word().mayHaveBeenRetried()
                                && handOver.word().mayHaveReached(seen)))
                && (!seen.recipientsComplete() || lists(seen, recipient.address()));
    }

    /** Whether it came when another message of that Message-ID was handed over, and at no time when this one may have been. */
    private static boolean isAnothers(Sighting sighting, HandOver handOver, Case recipient) {
        Instant came = sighting.observation().firstSeen();
        return !handOver.word().mayHaveReached(sighting.observation())
                && LooseEnds.namesakes(recipient.message(), recipient.inquiry()).stream()
                        .filter(other -> !other.source().equals(sighting.source()))
                        .flatMap(other -> other.wordsOn(recipient.address()).stream())
                        .filter(word -> recipient
                                .hops()
                                .ownerOf(word)
                                .filter(sighting.source()::equals)
                                .isPresent())
                        .anyMatch(word -> word.saysWhen() && word.isNear(came));
    }

    private static boolean lists(Observation seen, String address) {
        return seen.recipients().stream()
                .anyMatch(each -> each.address().equalsIgnoreCase(address)
                        || each.relatedAddresses().stream().anyMatch(address::equalsIgnoreCase));
    }
}
