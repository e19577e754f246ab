package org.mailtrace.exo.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.contract.ReportPhase;
import org.mailtrace.exo.trace.Window;

/**
 * Where the reading is.
 *
 * @param request which request of the phase's plan
 * @param left stretches of that request that are left, newest first, the one being read first; empty for all of it
 * @param place where the next page of that stretch begins; empty at its beginning
 * @param visited marks of the places of that stretch, so that a circle is noticed
 * @param restarts how often that stretch was begun again
 */
record Spot(
        ReportPhase phase, int request, List<Window> left, Optional<String> place, List<String> visited, int restarts) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MARK_BYTES = 6;

    Spot {
        left = List.copyOf(left);
        visited = List.copyOf(visited);
    }

    static Spot beginning(ReportPhase phase) {
        return at(phase, 0, List.of());
    }

    private static Spot at(ReportPhase phase, int request, List<Window> left) {
        return new Spot(phase, request, left, Optional.empty(), List.of(), 0);
    }

    /** The stretch being read, of a request for this window. */
    Window stretch(Window whole) {
        return left.isEmpty() ? whole : left.getFirst();
    }

    boolean hasVisited(String next) {
        return place.filter(next::equals).isPresent() || visited.contains(mark(next));
    }

    Spot nextPage(String next) {
        return new Spot(
                phase,
                request,
                left,
                Optional.of(next),
                Stream.concat(visited.stream(), Stream.of(mark(next))).toList(),
                restarts);
    }

    /** The stretch is read to its end, or given up. */
    Spot nextStretch() {
        return left.size() > 1 ? at(phase, request, left.subList(1, left.size())) : at(phase, request + 1, List.of());
    }

    /** From the beginning of the stretch; rows that come again replace themselves. */
    Spot again() {
        return new Spot(phase, request, left, Optional.empty(), List.of(), restarts + 1);
    }

    /** The stretch in two halves, each with pages of its own; empty if it cannot be halved. */
    Optional<Spot> halved(Window whole) {
        Window stretch = stretch(whole);
        Duration width = Duration.between(stretch.from(), stretch.to());
        if (width.compareTo(SECOND) <= 0) {
            return Optional.empty();
        }
        var middle = stretch.from().plusSeconds(width.toSeconds() / 2);
        List<Window> halves = new ArrayList<>();
        halves.add(new Window(middle, stretch.to()));
        halves.add(new Window(stretch.from(), middle));
        left.stream().skip(1).forEach(halves::add);
        return Optional.of(at(phase, request, halves));
    }

    private static String mark(String place) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, MARK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
