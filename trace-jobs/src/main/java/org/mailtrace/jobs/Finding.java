package org.mailtrace.jobs;

import java.time.Instant;
import java.util.Objects;

/**
 * One piece of a job's result.
 *
 * @param group findings that belong together and are read together
 * @param key within its job the same for the same piece, however often it is found; a later one replaces an earlier one
 * @param at UTC; a group's place among others is its earliest
 * @param body opaque here
 */
public record Finding(String group, String key, Instant at, String body) {
    public Finding {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(body, "body");
    }
}
