package org.mailtrace.onprem.follow;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one look read, and how its dates compare with when it was read. */
final class Arrivals {
    private Optional<Instant> oldest = Optional.empty();
    private Duration ahead = Duration.ZERO;
    private long rows;
    private boolean setAside;

    /** Begins anew, for the next look. */
    void begin() {
        oldest = Optional.empty();
        ahead = Duration.ZERO;
    }

    /** Notes that the records set aside were counted. */
    void counted() {
        setAside = false;
    }

    /** Notes the date of a row. */
    void row(Instant at, Instant read) {
        if (oldest.isEmpty() || at.isBefore(oldest.get())) {
            oldest = Optional.of(at);
        }
        dated(at, read);
    }

    /** Notes any date that a server wrote. */
    void dated(Instant at, Instant read) {
        if (at.isAfter(read.plus(ahead))) {
            ahead = Duration.between(read, at);
        }
    }

    void read(int count) {
        rows += count;
    }

    void setAside() {
        setAside = true;
    }

    /** How much older than a moment the oldest is that was read. */
    Duration olderThan(Instant moment) {
        return oldest.map(at -> Duration.between(at, moment)).orElse(Duration.ZERO);
    }

    Duration ahead() {
        return ahead;
    }

    /** How many rows were read by all looks. */
    long rows() {
        return rows;
    }

    boolean anySetAside() {
        return setAside;
    }
}
