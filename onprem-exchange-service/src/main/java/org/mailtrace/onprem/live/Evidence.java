package org.mailtrace.onprem.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far one server's own log is known to reach, from rows that were seen in it. Exchange purges its log, so what was
 * learned about its beginning is believed for a short time only.
 */
final class Evidence {
    private static final Duration BELIEVED = Duration.ofMinutes(10);

    private Optional<Instant> oldest = Optional.empty();
    private Instant learned = Instant.MIN;
    private Optional<Instant> newest = Optional.empty();

    synchronized void seen(Instant row, Instant now) {
        if (oldest.filter(known -> !row.isBefore(known) && isBelieved(now)).isEmpty()) {
            oldest = Optional.of(row);
            learned = now;
        }
        if (newest.filter(known -> !known.isBefore(row)).isEmpty()) {
            newest = Optional.of(row);
        }
    }

    /** The oldest row seen of late. */
    synchronized Optional<Instant> since(Instant now) {
        return isBelieved(now) ? oldest : Optional.empty();
    }

    /** Whether a row was seen that is at least as old. */
    synchronized boolean reaches(Instant from, Instant now) {
        return since(now).filter(since -> !since.isAfter(from)).isPresent();
    }

    /** Whether a row was seen in the stretch before a moment. */
    synchronized boolean isAlive(Instant to, Duration quiet) {
        return newest.filter(row -> !row.isBefore(to.minus(quiet))).isPresent();
    }

    private boolean isBelieved(Instant now) {
        return learned.isAfter(now.minus(BELIEVED));
    }
}
