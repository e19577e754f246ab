package org.mailtrace.gateway.conclude;

import java.time.Instant;
import org.mailtrace.contract.NextHop;
import org.mailtrace.gateway.ask.Look;
import org.mailtrace.gateway.join.Word;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * A hand-over to a source that shows nothing of the recipient after it.
 *
 * @param word who handed it over
 * @param target the source that it was handed to
 * @param next that source's settings
 * @param look how well that source looked for it
 */
record HandOver(Word word, String target, GatewaySettings.Source next, Look look) {
    /** From when on a row should be visible there. */
    Instant visibleFrom() {
        return word.at().plus(next.grace());
    }

    /** Whether the next source's records may not reach far enough yet. */
    boolean mayBeInvisible(Instant now) {
        return now.isBefore(visibleFrom()) || !look.graceSeen();
    }

    /** Whether the next host said that it took the message. */
    boolean accepted() {
        return word.recipient()
                .nextHop()
                .flatMap(NextHop::reply)
                .filter(reply -> reply.strip().startsWith("2"))
                .isPresent();
    }
}
