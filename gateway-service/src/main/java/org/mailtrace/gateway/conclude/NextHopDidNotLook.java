package org.mailtrace.gateway.conclude;

import java.util.Optional;
import org.mailtrace.contract.Outcome;

/** Handed to a source that did not look over the time that matters. */
final class NextHopDidNotLook implements Rule {
    @Override
    public String name() {
        return "next-hop-did-not-look";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return recipient
                .openHandOver()
                .filter(handOver -> !handOver.look().whole())
                .map(handOver -> Conclusion.of(
                        name(),
                        Outcome.UNDETERMINED,
                        handOver.word(),
                        Optional.of("not-looked"),
                        recipient
                                .words()
                                .nextHopDidNotLook(
                                        recipient.title(handOver.word().source()),
                                        handOver.next().title(),
                                        handOver.word(),
                                        handOver.look())));
    }
}
