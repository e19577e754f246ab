package org.mailtrace.proofpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.words.Sentences;

/**
 * The part of a window that Smart Search still has.
 *
 * @param asked start of the window that was asked for, UTC
 * @param to its end
 * @param now when it was asked
 * @param retention how long records are kept
 * @param settling how long a message may take to show up
 */
record Reach(Instant asked, Instant to, Instant now, Duration retention, Duration settling) {
    Instant searchableFrom() {
        return now.minus(retention);
    }

    /** Start of the part that can be searched. */
    Instant from() {
        return isClipped() ? searchableFrom() : asked;
    }

    boolean isClipped() {
        return asked.isBefore(searchableFrom());
    }

    /** What can be searched; empty if all of it is too old. */
    Optional<Window> window() {
        return from().isBefore(to) ? Optional.of(new Window(from(), to)) : Optional.empty();
    }

    Optional<String> explanation() {
        if (!isClipped()) {
            return Optional.empty();
        }
        return Optional.of(
                window().isPresent() ? Sentences.outOfRetention(retention) : Sentences.windowOutOfRetention(retention));
    }

    /** A source that was asked just now knows of everything but the last minutes. */
    Instant absenceProvenUntil(boolean provesAbsence) {
        Instant settled = now.minus(settling);
        Instant until = settled.isBefore(to) ? settled : to;
        return provesAbsence && until.isAfter(from()) ? until : from();
    }
}
