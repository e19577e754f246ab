package org.mailtrace.gateway.audit;

import java.time.Instant;
import java.util.Comparator;

/**
 * Where a line stands among those of all files, whatever comes meanwhile. Within a file lines keep the order in which they
 * were written, newest first; between files their times decide. So what counts is the oldest time from the line on to the file's end: a
 * clock that was put right does not change the order within a file.
 *
 * @param time that time, UTC; the end of time where no line from there on is a record
 * @param file its {@link AuditCursor#key}
 * @param number of the line in its file, counted from 1
 */
record Place(Instant time, long file, long number) implements Comparable<Place> {
    private static final Comparator<Place> NEWEST_FIRST = Comparator.comparing(Place::time)
            .reversed()
            .thenComparingLong(Place::file)
            .thenComparing(Comparator.comparingLong(Place::number).reversed());

    @Override
    public int compareTo(Place other) {
        return NEWEST_FIRST.compare(this, other);
    }

    boolean isAfter(Place other) {
        return compareTo(other) > 0;
    }
}
