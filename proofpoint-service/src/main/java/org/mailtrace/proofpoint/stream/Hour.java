package org.mailtrace.proofpoint.stream;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One hour of the archive. The vendor rounds whatever it is asked for to whole hours, so nothing else is asked for.
 *
 * @param start a whole hour, UTC
 */
record Hour(Instant start) {
    Hour {
        if (!start.equals(start.truncatedTo(ChronoUnit.HOURS))) {
            throw new IllegalArgumentException("an hour begins at a whole hour");
        }
    }

    /** The hour that a moment lies in. */
    static Hour of(Instant moment) {
        return new Hour(moment.truncatedTo(ChronoUnit.HOURS));
    }

    Instant end() {
        return start.plus(1, ChronoUnit.HOURS);
    }
}
