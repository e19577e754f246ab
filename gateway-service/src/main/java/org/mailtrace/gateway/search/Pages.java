package org.mailtrace.gateway.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.gateway.ask.Asked;
import org.mailtrace.gateway.ask.Questioner.Put;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * Reads the sources as far down as one page needs. Each page asks anew, from a little above where the page before ended,
 * so that the rows of one message come together; and it goes on asking each source until it was read below everything
 * that the page shows, because what was not read may stand before what was.
 */
@ApplicationScoped
class Pages {
    /** So many messages are looked up because they may have been shown before. */
    private static final int MOST_LOOKED_UP = 10;

    private final Joiner joiner;
    private final int turns;

    Pages(GatewaySettings settings, NextHops hops) {
        this.joiner = new Joiner(settings.sameMessageWithin(), hops);
        this.turns = settings.pageTurns();
    }

    /** Reads. */
    Reading read(Asking asking, Reader reader) {
        Question question = question(asking);
        Reading reading = new Reading(asking, question, joiner);
        List<Put> first = asking.sources().stream()
                .sorted()
                .map(source -> new Put(source, question))
                .toList();
        reader.ask(first).forEach((put, answer) -> reading.begin(put.source(), answer));
        for (int turn = 1; turn < turns && reader.mayGoOn(); turn++) {
            List<Put> further = reading.further();
            if (further.isEmpty()) {
                break;
            }
            reader.ask(further).forEach((put, answer) -> reading.goOn(put.source(), answer));
        }
        if (reader.mayGoOn()) {
            List<Put> again = reading.maybeShownBefore().stream()
                    .limit(MOST_LOOKED_UP)
                    .flatMap(message -> byId(message, asking).stream())
                    .distinct()
                    .toList();
            reader.ask(again).forEach((put, answer) -> reading.note(put.source(), new Asked(put.question(), answer)));
        }
        reading.end();
        return reading;
    }

    /** A little later than the last shown trace, and further down than the page may need. */
    private static Question question(Asking asking) {
        Question question = asking.question();
        return new Question(
                question.sender(),
                question.recipients(),
                question.subject(),
                question.messageId(),
                question.from(),
                asking.cursor().map(Cursor::askedUpTo).orElse(question.to()),
                Math.min(Question.MAX_LIMIT, 2 * question.limit() + 50),
                Optional.empty(),
                question.include(),
                question.advanced(),
                question.ticket(),
                question.reason());
    }

    private static List<Put> byId(Message message, Asking asking) {
        Question question = asking.question();
        Set<Include> include = new LinkedHashSet<>(question.include());
        include.add(Include.RECIPIENTS);
        return Memory.id(message).map(MailId::of).stream()
                .map(id -> new Question(
                        Optional.empty(),
                        List.<AddressPattern>of(),
                        Optional.empty(),
                        Optional.of(id),
                        question.from(),
                        question.to(),
                        Question.MAX_LIMIT,
                        Optional.empty(),
                        include,
                        false,
                        question.ticket(),
                        question.reason()))
                .flatMap(again -> asking.sources().stream().sorted().map(source -> new Put(source, again)))
                .toList();
    }
}
