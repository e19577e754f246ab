package org.mailtrace.exo.trace;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The window of a question as Exchange Online can be asked for it: whole seconds, both ends included, never after now,
 * never wider than ten days. It is a little wider than the question; rows are filtered again here.
 *
 * @param from whole second, UTC, inclusive
 * @param to whole second, UTC, inclusive
 */
public record Window(Instant from, Instant to) {
    /** How wide one request may be. The limit is about the width; the window may lie anywhere in the last 90 days. */
    public static final Duration WIDEST = Duration.ofDays(10);

    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** How far back can be searched: 90 days, counted from the beginning of the UTC day. */
    public static Instant searchableFrom(Instant now) {
        return now.truncatedTo(ChronoUnit.DAYS).minus(KEPT);
    }

    /**
     * The smallest window of whole seconds around a half-open one.
     *
     * @param latest an end after which Exchange Online must not be asked
     */
    public static Window around(Instant from, Instant to, Instant latest) {
        Instant end = ceiling(to);
        Instant last = latest.truncatedTo(ChronoUnit.SECONDS);
        Instant cut = end.isAfter(last) ? last : end;
        Instant start = from.truncatedTo(ChronoUnit.SECONDS);
        return new Window(start.isBefore(cut) ? start : cut.minus(SECOND), cut);
    }

    /** The window in which all rows of a message lie; a group's members may be reached days later. */
    public static Window ofMessage(Instant firstSeen, Instant now, Instant latest) {
        Instant start = firstSeen.minus(Duration.ofDays(1));
        Instant searchable = searchableFrom(now);
        return around(start.isBefore(searchable) ? searchable : start, start.plus(WIDEST), latest);
    }

    /** Windows that one request each can ask for, newest first. They touch, so rows of a shared second come twice. */
    public List<Window> slices() {
        List<Window> slices = new ArrayList<>();
        Instant end = to;
        while (Duration.between(from, end).compareTo(WIDEST) > 0) {
            slices.add(new Window(end.minus(WIDEST), end));
            end = end.minus(WIDEST);
        }
        slices.add(new Window(from, end));
        return slices;
    }

    private static Instant ceiling(Instant instant) {
        Instant floor = instant.truncatedTo(ChronoUnit.SECONDS);
        return floor.equals(instant) ? floor : floor.plus(SECOND);
    }
}
