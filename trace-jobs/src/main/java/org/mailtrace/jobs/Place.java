package org.mailtrace.jobs;

import java.time.Instant;
import java.util.Objects;

/**
 * Where a page of finding groups ended.
 *
 * @param firstAt of the last group, UTC, to the millisecond
 * @param group its key
 */
public record Place(Instant firstAt, String group) {
    public Place {
        Objects.requireNonNull(firstAt, "firstAt");
        Objects.requireNonNull(group, "group");
    }
}
