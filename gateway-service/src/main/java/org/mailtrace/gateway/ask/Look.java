package org.mailtrace.gateway.ask;

import java.time.Instant;
import java.util.Optional;
import org.mailtrace.contract.SourceState;

/**
 * How well a source looked for something.
 *
 * @param whole whether it looked over the whole interval, by everything that is known
 * @param graceSeen whether its evidence reaches beyond the time in which a row may still be missing
 * @param provenUntil up to when its evidence reaches
 * @param state how it answered, if it did not look
 * @param explanation its own sentence, if it did not look
 * @param ownAnswered whether it looked for the caller's own question, if it did not look for this
 * @param asked whether it was asked for this at all, if it did not look for it although it looked for the caller's own
 *     question
 */
public record Look(
        boolean whole,
        boolean graceSeen,
        Optional<Instant> provenUntil,
        SourceState state,
        Optional<String> explanation,
        boolean ownAnswered,
        boolean asked) {
    static Look failed(SourceState state, Optional<String> explanation, boolean ownAnswered) {
        return new Look(false, false, Optional.empty(), state, explanation, ownAnswered, true);
    }

    /** The further question was never put, because there were too many messages, or too little time. */
    static Look notAsked() {
        return new Look(false, false, Optional.empty(), SourceState.NOT_ASKED, Optional.empty(), true, false);
    }

    /** Both must have looked; the weaker evidence counts. */
    Look and(Look other) {
        if (!whole) {
            return this;
        }
        if (!other.whole) {
            return other;
        }
        Optional<Instant> weaker = provenUntil.flatMap(a -> other.provenUntil.map(b -> a.isBefore(b) ? a : b));
        return new Look(true, graceSeen && other.graceSeen, weaker, SourceState.ANSWERED, Optional.empty(), true, true);
    }
}
