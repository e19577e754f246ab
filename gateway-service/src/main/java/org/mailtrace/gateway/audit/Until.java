package org.mailtrace.gateway.audit;

import java.time.Duration;

/**
 * Up to when something is waited for. Measured, not read from the clock of the day, which is put right now and then.
 *
 * @param nanos as {@link System#nanoTime} counts
 */
record Until(long nanos) {
    static Until after(Duration wait) {
        return new Until(System.nanoTime() + wait.toNanos());
    }

    /** Whichever of the two comes later. */
    Until orLater(Until other) {
        return other.nanos - nanos > 0 ? other : this;
    }

    /** So many nanoseconds from now; none or less once it is over. */
    long left() {
        return nanos - System.nanoTime();
    }

    boolean isOver() {
        return left() <= 0;
    }
}
