package org.mailtrace.gateway.conclude;

import java.time.Instant;
import java.util.Optional;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Outcome;
import org.mailtrace.gateway.join.Sighting;

/**
 * It carries no Message-ID where it was handed over, and the next source shows messages for the recipient that it may be:
 * then nothing is missing there, and nothing is proven either.
 */
final class NotTellable implements Rule {
    @Override
    public String name() {
        return "not-tellable";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return recipient.message().first(Observation::messageId).isPresent()
                ? Optional.empty()
                : recipient
                        .openHandOver()
                        .filter(handOver -> recipient.inquiry().sightings().stream()
                                .anyMatch(sighting -> mayBeIt(sighting, handOver, recipient)))
                        .map(handOver -> Conclusion.of(
                                name(),
                                Outcome.UNDETERMINED,
                                handOver.word(),
                                Optional.of("no-message-id"),
                                recipient
                                        .words()
                                        .notTellable(
                                                recipient.title(handOver.word().source()),
                                                handOver.next().title(),
                                                handOver.word())));
    }

    private static boolean mayBeIt(Sighting sighting, HandOver handOver, Case recipient) {
        Instant earliest = handOver.word().at().minus(Case.BEFORE_HAND_OVER);
        return sighting.source().equals(handOver.target())
                && !sighting.observation().firstSeen().isBefore(earliest)
                && sighting.observation().recipients().stream()
                        .anyMatch(each -> each.address().equalsIgnoreCase(recipient.address()));
    }
}
