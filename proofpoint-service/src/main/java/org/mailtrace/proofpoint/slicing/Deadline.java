package org.mailtrace.proofpoint.slicing;

import java.time.Duration;

/** When work must end, by the monotonic clock. */
public final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** So long from now. */
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** What is left; zero when it is over. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Whether nothing is left. */
    public boolean isOver() {
        return left().isZero();
    }
}
