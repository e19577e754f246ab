package org.mailtrace.onprem.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long evidence is kept. What is old enough to be purged is judged by the newest evidence, never by our clock alone:
 * a clock that is set to next year must not destroy what is one year old.
 */
final class Retention {
    private final Duration keep;
    private final AtomicReference<Instant> floor = new AtomicReference<>(Instant.EPOCH);

    /** Keeps so long; forever if that is zero. */
    Retention(Duration keep) {
        this.keep = keep;
    }

    /** Says that everything before this moment was purged, by whatever was kept then. */
    void purged(Instant before) {
        raise(before);
    }

    private void raise(Instant moment) {
        floor.accumulateAndGet(moment, (one, other) -> one.isAfter(other) ? one : other);
    }

    /** Says that some server wrote at this moment. */
    void seen(Instant newest) {
        if (keep.isPositive()) {
            raise(newest.minus(keep));
        }
    }

    /** Rows before this moment may be purged, and nothing is claimed of the time before it. */
    Instant floor() {
        return floor.get();
    }

    /** The moment, or the floor if it lies before that. */
    Instant kept(Instant moment) {
        return moment.isAfter(floor.get()) ? moment : floor.get();
    }

    /** Whether a file is too old to be read at all; by our clock, because nothing is destroyed by not reading. */
    boolean isTooOld(LogName file, Instant now) {
        return keep.isPositive() && file.end().isBefore(now.minus(keep));
    }
}
