package org.mailtrace.gateway.search;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.InvalidQuestionException;

/**
 * Where a page begins: the window as it was when the first page was asked for, and the last trace that was shown. New
 * mail lies outside of that window, so it neither shifts nor repeats anything.
 *
 * @param from start of the window
 * @param to end of the window, exclusive
 * @param shownDownTo when the last shown trace was first seen
 * @param lastKey that trace's key among those of the same moment
 * @param skew by how much later than a trace's first sighting its other sightings are looked for
 */
public record Cursor(Instant from, Instant to, Instant shownDownTo, String lastKey, Duration skew) {
    static final Duration SKEW = Duration.ofMinutes(15);
    private static final int PARTS = 5;

    String encoded() {
        String plain = String.join(
                "\n",
                Long.toString(from.toEpochMilli()),
                Long.toString(to.toEpochMilli()),
                Long.toString(shownDownTo.toEpochMilli()),
                Long.toString(skew.toMillis()),
                lastKey);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a cursor.
     *
     * @throws InvalidQuestionException if it is not one of ours
     */
    static Cursor decode(String encoded) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8).split("\n", PARTS);
            if (parts.length == PARTS) {
                return new Cursor(
                        instant(parts[0]),
                        instant(parts[1]),
                        instant(parts[2]),
                        parts[4],
                        Duration.ofMillis(Long.parseLong(parts[3])));
            }
        } catch (IllegalArgumentException e) {
            // Said below: whatever is wrong with it, it is not one of ours.
        }
        throw new InvalidQuestionException(
                List.of(new Fault("cursor", "Use a cursor exactly as an earlier answer gave it.")));
    }

    private static Instant instant(String millis) {
        return Instant.ofEpochMilli(Long.parseLong(millis));
    }

    /** Whether a trace comes after the last shown one in the order newest first, ties by key. */
    boolean comesAfter(Instant firstSeen, String key) {
        Instant moment = Instant.ofEpochMilli(firstSeen.toEpochMilli());
        return moment.isBefore(shownDownTo) || (moment.equals(shownDownTo) && key.compareTo(lastKey) > 0);
    }
}
