package org.mailtrace.exo.cmdlet;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.SearchText;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Where a page of Get-MessageTraceV2 begins, which lists the newest rows first.
 *
 * @param from UTC, inclusive; later than the filter's where the window had to be split, the rest comes afterwards
 * @param to UTC, inclusive
 * @param recipient within the last instant, the recipient to begin with; empty for all
 */
record TracePlace(Instant from, Instant to, Optional<String> recipient) {
    private static final String NAME = "cmdlet";

    static TracePlace first(TraceFilter filter) {
        return new TracePlace(filter.from(), filter.to(), Optional.empty());
    }

    /**
     * Reads a place.
     *
     * @throws SourceFailure if it is none, or none of this filter
     */
    static TracePlace read(String text, TraceFilter filter) {
        String[] parts = text.split(" ", 4);
        if (parts.length != 4 || !parts[0].equals(NAME) || !SearchText.isSafe(parts[3])) {
            throw unknown();
        }
        try {
            TracePlace place = new TracePlace(
                    Instant.parse(parts[1]),
                    Instant.parse(parts[2]),
                    Optional.of(parts[3]).filter(address -> !address.isEmpty()));
            boolean inside = !place.from.isBefore(filter.from())
                    && !place.from.isAfter(place.to)
                    && !place.to.isAfter(filter.to());
            if (!inside) {
                throw unknown();
            }
            return place;
        } catch (DateTimeException e) {
            throw unknown();
        }
    }

    String text() {
        return String.join(" ", NAME, from.toString(), to.toString(), recipient.orElse(""));
    }

    Duration width() {
        return Duration.between(from, to);
    }

    /** The newer half of the window; the older one comes afterwards. */
    TracePlace newerHalf() {
        Instant middle = from.plus(width().dividedBy(2)).truncatedTo(ChronoUnit.SECONDS);
        return new TracePlace(middle, to, recipient);
    }

    /** What lies before this window and has not been read, at most twice as wide; empty if all was. */
    Optional<TracePlace> before(TraceFilter filter, Duration narrowest) {
        if (!from.isAfter(filter.from())) {
            return Optional.empty();
        }
        Duration width = width().compareTo(narrowest) < 0 ? narrowest : width();
        Instant start = from.minus(width.multipliedBy(2)).truncatedTo(ChronoUnit.SECONDS);
        return Optional.of(
                new TracePlace(start.isBefore(filter.from()) ? filter.from() : start, from, Optional.empty()));
    }

    private static SourceFailure unknown() {
        return new SourceFailure(SourceState.CANNOT_ANSWER, InterfaceWords.PLACE_UNKNOWN);
    }
}
