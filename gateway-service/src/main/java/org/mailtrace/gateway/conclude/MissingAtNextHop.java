package org.mailtrace.gateway.conclude;

import java.util.Optional;
import org.mailtrace.contract.Outcome;

/** It was accepted by a source that looked by every id and by address, long enough after, and shows nothing. */
final class MissingAtNextHop implements Rule {
    @Override
    public String name() {
        return "missing-at-next-hop";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return recipient.openHandOver().filter(HandOver::accepted).map(handOver -> say(handOver, recipient));
    }

    private Conclusion say(HandOver handOver, Case recipient) {
        boolean rowsMayStillCome = handOver.next()
                .lateRows()
                .filter(late -> recipient.now().isBefore(handOver.word().at().plus(late)))
                .isPresent();
        return Conclusion.of(
                name(),
                Outcome.MISSING_AT_NEXT_HOP,
                handOver.word(),
                Optional.empty(),
                recipient
                        .words()
                        .missing(
                                recipient.title(handOver.word().source()),
                                handOver.next().title(),
                                handOver.word(),
                                handOver.look().provenUntil(),
                                rowsMayStillCome,
                                recipient.message().first(o -> o.messageId())));
    }
}
