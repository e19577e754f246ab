package org.mailtrace.gateway.conclude;

import java.util.Optional;
import org.mailtrace.contract.Outcome;

/** The next source looked, but its records may not reach that far yet. */
final class NotVisibleYet implements Rule {
    @Override
    public String name() {
        return "not-visible-yet";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return recipient
                .openHandOver()
                .filter(handOver -> handOver.mayBeInvisible(recipient.now()))
                .map(handOver -> Conclusion.of(
                        name(),
                        Outcome.PENDING,
                        handOver.word(),
                        Optional.of("not-visible-yet"),
                        recipient
                                .words()
                                .notVisibleYet(
                                        recipient.title(handOver.word().source()),
                                        handOver.next().title(),
                                        handOver.word(),
                                        handOver.visibleFrom(),
                                        handOver.look().provenUntil(),
                                        handOver.next().settling())));
    }
}
