package org.mailtrace.proofpoint.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes on as clocks do, from wherever it is set. */
final class MovableClock extends Clock {
    private final long begun = System.nanoTime();
    private volatile Instant base;

    MovableClock(Instant now) {
        base = now;
    }

    void pass(Duration duration) {
        base = base.plus(duration);
    }

    @Override
    public Instant instant() {
        return base.plusNanos(System.nanoTime() - begun);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
