package org.mailtrace.proofpoint.stream;

import java.time.Instant;

/**
 * A stretch of which records may be missing.
 *
 * @param from UTC, inclusive
 * @param to UTC, exclusive
 * @param cause why
 */
record Missing(Instant from, Instant to, Cause cause) {
    /** Why records may be missing. The names stand in the store: never change one. */
    enum Cause {
        /** Not read yet: it lies before the first connection. */
        BACKFILL,
        /** The connection was down, or ended so that what was under way may be lost. */
        OUTAGE,
        /** Older than the vendor's archive goes: it cannot be read any more. */
        LOST,
        /** A record of then came, could not be read or stored, and was set aside: it will not be otherwise next time. */
        UNREADABLE
    }

    boolean isEmpty() {
        return !from.isBefore(to);
    }

    boolean isLost() {
        return cause == Cause.LOST || cause == Cause.UNREADABLE;
    }

    boolean isUnreadable() {
        return cause == Cause.UNREADABLE;
    }

    Missing until(Instant moment) {
        return new Missing(from, moment.isBefore(to) ? moment : to, cause);
    }

    Missing since(Instant moment) {
        return new Missing(moment.isAfter(from) ? moment : from, to, cause);
    }

    Missing as(Cause other) {
        return new Missing(from, to, other);
    }
}
