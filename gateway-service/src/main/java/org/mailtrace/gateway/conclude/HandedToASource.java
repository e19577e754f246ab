package org.mailtrace.gateway.conclude;

import java.time.Instant;
import java.util.Optional;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Outcome;
import org.mailtrace.gateway.ask.Look;
import org.mailtrace.gateway.join.Word;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * It was handed to a source that shows nothing: because that source did not look, because it is too early, or because it
 * really is not there. Only the last is called missing.
 */
final class HandedToASource implements Rule {
    @Override
    public String name() {
        return "handed-to-a-source";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return recipient
                .last()
                .flatMap(word -> recipient
                        .hops()
                        .targetOf(word)
                        .filter(target -> recipient.source(target) != null)
                        .map(target -> judge(recipient, word, target)));
    }

    private Conclusion judge(Case recipient, Word word, String target) {
        GatewaySettings.Source next = recipient.source(target);
        Look look = recipient.lookAfter(word, target);
        String from = recipient.title(word.source());
        Optional<String> id = recipient.message().first(o -> o.messageId());
        if (!look.whole()) {
            return Conclusion.of(
                    "next-hop-did-not-look",
                    Outcome.UNDETERMINED,
                    word,
                    Optional.of("not-looked"),
                    recipient.words().nextHopDidNotLook(from, next.title(), word, look));
        }
        Instant visibleFrom = word.at().plus(next.grace());
        if (recipient.now().isBefore(visibleFrom) || !look.graceSeen()) {
            return Conclusion.of(
                    "not-visible-yet",
                    Outcome.PENDING,
                    word,
                    Optional.of("not-visible-yet"),
                    recipient.words().notVisibleYet(from, next.title(), word, visibleFrom, next.settling()));
        }
        if (!accepted(word)) {
            return Conclusion.of(
                    "hand-over-not-confirmed",
                    Outcome.UNDETERMINED,
                    word,
                    Optional.empty(),
                    recipient.words().handOverNotConfirmed(from, next.title(), word));
        }
        boolean rowsMayStillCome = next.lateRows()
                .filter(late -> recipient.now().isBefore(word.at().plus(late)))
                .isPresent();
        return Conclusion.of(
                "missing-at-next-hop",
                Outcome.MISSING_AT_NEXT_HOP,
                word,
                Optional.empty(),
                recipient.words().missing(from, next.title(), word, look.provenUntil(), rowsMayStillCome, id));
    }

    private static boolean accepted(Word word) {
        return word.recipient()
                .nextHop()
                .flatMap(NextHop::reply)
                .map(String::strip)
                .filter(reply -> reply.startsWith("2"))
                .isPresent();
    }
}
