package org.mailtrace.proofpoint;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The service's clock in tests: it goes right, or hours behind. What begins while it goes behind, and is to last for
 * minutes, does so however slow the machine is, and is over as soon as the clock is set right.
 */
@Singleton
class WoundClock extends Clock {
    private static final AtomicLong HOURS = new AtomicLong(100);
    private static volatile Duration behind = Duration.ZERO;

    /** From now on it goes behind, by an hour less than the last time, so that what began then is over as well. */
    static void goBack() {
        behind = Duration.ofHours(HOURS.decrementAndGet());
    }

    static void goRight() {
        behind = Duration.ZERO;
    }

    /** What it shows. */
    static Instant now() {
        return Instant.now().minus(behind);
    }

    @Override
    public Instant instant() {
        return now();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("it is asked for instants only");
    }
}
