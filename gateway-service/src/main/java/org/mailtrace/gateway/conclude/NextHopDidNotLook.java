package org.mailtrace.gateway.conclude;

import java.util.Optional;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.words.Said;

/** Handed to a source that did not look over the time that matters, or was not asked to. */
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
                        Optional.of(reason(handOver, recipient)),
                        say(handOver, recipient)));
    }

    private static String reason(HandOver handOver, Case recipient) {
        if (handOver.look().asked()) {
            return handOver.look().state() == SourceState.NOT_ASKED ? "not-asked" : "not-looked";
        }
        return recipient.isAskable() ? "not-asked" : "not-askable";
    }

    private static Said say(HandOver handOver, Case recipient) {
        String from = recipient.title(handOver.word().source());
        String to = handOver.next().title();
        if (!handOver.look().asked() && !recipient.isAskable()) {
            return recipient.words().nextHopNotAskable(from, to, handOver.word());
        }
        return handOver.look().asked()
                ? recipient.words().nextHopDidNotLook(from, to, handOver.word(), handOver.look())
                : recipient
                        .words()
                        .nextHopNotAsked(
                                from, to, handOver.word(), recipient.message().first(o -> o.messageId()));
    }
}
