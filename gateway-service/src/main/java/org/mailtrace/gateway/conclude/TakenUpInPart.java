package org.mailtrace.gateway.conclude;

import java.util.Optional;
import org.mailtrace.contract.Outcome;
import org.mailtrace.gateway.join.Sighting;

/**
 * The next source has rows of the message that may include the recipient without saying so: a partial list excludes nobody,
 * and in a loop its row may tell an earlier pass.
 */
final class TakenUpInPart implements Rule {
    @Override
    public String name() {
        return "taken-up-in-part";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return recipient
                .openHandOver()
                .filter(handOver -> recipient.message().sightings().stream()
                        .filter(sighting -> sighting.source().equals(handOver.target()))
                        .anyMatch(sighting -> !sighting.observation().recipientsComplete()
                                || sighting.source().equals(handOver.word().source())
                                || lists(sighting, recipient)))
                .map(handOver -> Conclusion.of(
                        name(),
                        Outcome.UNDETERMINED,
                        handOver.word(),
                        Optional.of("recipients-partial"),
                        recipient
                                .words()
                                .takenUpInPart(
                                        recipient.title(handOver.word().source()),
                                        handOver.next().title(),
                                        handOver.word())));
    }

    private static boolean lists(Sighting sighting, Case recipient) {
        return sighting.observation().recipients().stream()
                .anyMatch(each -> each.address().equalsIgnoreCase(recipient.address()));
    }
}
