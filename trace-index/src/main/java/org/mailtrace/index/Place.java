package org.mailtrace.index;

import java.time.Instant;
import java.util.Objects;

/**
 * A message's place in the order of every search: newest first, ties by group key.
 *
 * @param firstSeen UTC, to the millisecond
 * @param group the message's key
 */
public record Place(Instant firstSeen, String group) {
    public Place {
        Objects.requireNonNull(firstSeen, "firstSeen");
        Objects.requireNonNull(group, "group");
    }
}
