package org.mailtrace.proofpoint.slicing;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A stretch of time on whole seconds, because the vendor knows no finer time.
 *
 * @param from UTC, inclusive
 * @param to UTC, exclusive
 */
public record Window(Instant from, Instant to) {
    public Window {
        from = from.truncatedTo(ChronoUnit.SECONDS);
        Instant whole = to.truncatedTo(ChronoUnit.SECONDS);
        to = whole.equals(to) ? to : whole.plusSeconds(1);
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a window ends after it begins");
        }
    }

    /** What of it lies before a moment; all of it where that would leave nothing. */
    public Window upTo(Optional<Instant> moment) {
        return moment.filter(end -> end.isBefore(to) && end.isAfter(from))
                .map(end -> new Window(from, end))
                .orElse(this);
    }

    boolean canHalve() {
        return Duration.between(from, to).toSeconds() >= 2;
    }

    Window olderHalf() {
        return new Window(from, middle());
    }

    Window newerHalf() {
        return new Window(middle(), to);
    }

    private Instant middle() {
        return from.plusSeconds(Duration.between(from, to).toSeconds() / 2);
    }
}
