package org.mailtrace.onprem.live.wsman;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** The moment by which all must be done; by a clock that nobody sets. */
public final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** So long from now. */
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** What is left; never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Whether nothing is left. */
    public boolean passed() {
        return left().isZero();
    }

    /**
     * What is left.
     *
     * @throws TimeoutException if nothing is
     */
    Duration required() throws TimeoutException {
        Duration left = left();
        if (left.isZero()) {
            throw new TimeoutException("no time is left");
        }
        return left;
    }
}
