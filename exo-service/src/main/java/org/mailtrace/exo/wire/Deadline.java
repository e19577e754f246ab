package org.mailtrace.exo.wire;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when one question has to be answered. Everything done for that question shares it.
 *
 * @param end UTC
 */
public record Deadline(Instant end, Clock clock) {
    /** A deadline that ends after a while from now. */
    public static Deadline in(Duration span, Clock clock) {
        return new Deadline(clock.instant().plus(span), clock);
    }

    /** What is left; zero once it is over. */
    public Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether at least this much is left. */
    public boolean allows(Duration span) {
        return left().compareTo(span) >= 0;
    }
}
