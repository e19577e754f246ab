package org.mailtrace.gateway.search;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where a page begins: the window as it was when the first page was asked for, and how far down it was shown. New mail
 * lies outside of that window, so it neither shifts nor repeats anything.
 *
 * @param from start of the window
 * @param to end of the window, exclusive
 * @param shownDownTo the place of the last trace that was shown, or a place above which there is nothing further
 * @param overlap by how much later than that place the sources are asked for other sightings of what comes next
 * @param living the sources that looked for the page before; a page waits for them
 * @param waits how many pages in a row showed nothing because one of them did not look
 * @param memory of the traces shown last
 */
public record Cursor(
        Instant from, Instant to, Spot shownDownTo, Duration overlap, Set<String> living, int waits, Memory memory) {
    /** Two sightings of one message lie this far apart at most, unless it was held up. */
    static final Duration SKEW = Duration.ofMinutes(15);

    public Cursor {
        living = Set.copyOf(new TreeSet<>(living));
    }

    /** Up to when the sources are asked, exclusive. */
    Instant askedUpTo() {
        Instant end = shownDownTo.at().plus(overlap).plusMillis(1);
        return end.isBefore(to) ? end : to;
    }

    /** Whether what stands at that place was on an earlier page. */
    boolean covers(Spot spot) {
        return spot.compareTo(shownDownTo) <= 0;
    }
}
