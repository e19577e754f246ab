package org.mailtrace.gateway.conclude;

import java.util.Optional;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.join.Word;
import org.mailtrace.gateway.words.Said;

/**
 * A host that belongs to no source that is asked accepted it: what happened then only that host's administrator can see. Clouds give
 * many organisations hosts under one name; for a recipient outside ours, such a host is another organisation's when our
 * own source of that name looked and has nothing. Where the host is called after the recipient's domain, a row that is
 * still to come is not waited for.
 */
final class HandedOutside implements Rule {
    @Override
    public String name() {
        return "handed-outside";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return recipient
                .last()
                .filter(word -> word.status() == RecipientStatus.PASSED_ON)
                .filter(word -> recipient.nextOf(word).isEmpty() || anotherOrganisations(recipient, word))
                .flatMap(word -> {
                    Optional<NextHop> hop = word.recipient().nextHop();
                    return hop.map(next -> Conclusion.of(
                            name(), Outcome.HANDED_OFF, word, word.recipient().reason(), said(recipient, word, next)));
                });
    }

    /** For somebody else's recipient a cloud's host may be anybody's; for ours it is the system that the site does not trace. */
    private static Said said(Case recipient, Word word, NextHop next) {
        String source = recipient.title(word.source());
        return recipient
                .hops()
                .untracedOf(next.host())
                .filter(system -> recipient.ours())
                .map(system -> recipient.words().handedToUntraced(source, recipient.title(system), word, next))
                .orElseGet(() -> recipient.words().handedOutside(source, word, next));
    }

    private static boolean anotherOrganisations(Case recipient, Word word) {
        if (recipient.hops().isCalledAsAnothers(word)
                && recipient
                        .hops()
                        .targetOf(word, recipient.message().wordsOn(recipient.address()))
                        .isEmpty()) {
            return recipient
                    .openHandOver()
                    .filter(handOver -> handOver.look().whole())
                    .isPresent();
        }
        return !recipient.ours()
                && recipient
                        .openHandOver()
                        .filter(handOver -> handOver.next().mailboxes())
                        .filter(handOver -> !recipient.message().seenBy(handOver.target()))
                        .filter(handOver -> handOver.look().whole() && !handOver.mayBeInvisible(recipient.now()))
                        .isPresent();
    }
}
