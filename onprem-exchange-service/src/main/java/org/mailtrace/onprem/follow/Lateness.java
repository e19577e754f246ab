package org.mailtrace.onprem.follow;

import java.time.Duration;
import java.time.Instant;

/**
 * The largest of what was measured in the last while. Two buckets, so that nothing has to be kept in order; what is said
 * holds for one to two of their lengths.
 */
final class Lateness {
    private final Duration remembered;
    private Instant begun = Instant.EPOCH;
    private Duration before = Duration.ZERO;
    private Duration current = Duration.ZERO;

    Lateness(Duration remembered) {
        this.remembered = remembered;
    }

    void note(Duration measured, Instant now) {
        turn(now);
        current = measured.compareTo(current) > 0 ? measured : current;
    }

    /** The largest, or zero. */
    Duration largest(Instant now) {
        turn(now);
        return current.compareTo(before) > 0 ? current : before;
    }

    private void turn(Instant now) {
        boolean clockWentBack = now.isBefore(begun);
        if (clockWentBack || !now.isBefore(begun.plus(remembered))) {
            boolean longAgo = !clockWentBack && !now.isBefore(begun.plus(remembered.multipliedBy(2)));
            before = longAgo ? Duration.ZERO : current;
            current = Duration.ZERO;
            begun = now;
        }
    }
}
