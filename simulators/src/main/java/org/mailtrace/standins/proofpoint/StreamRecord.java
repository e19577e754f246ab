package org.mailtrace.standins.proofpoint;

import java.time.Instant;
import java.util.function.Supplier;

/**
 * One record of the log stream.
 *
 * @param key names it among all records of its type
 * @param at its {@code ts}: the agent's time of the event
 * @param json its text, rendered when it is sent
 */
record StreamRecord(String key, Instant at, Supplier<String> json) {
    private static final int BUCKETS = 1000;

    /** A number that is the same at each start, for quirks that concern some records. */
    int chance() {
        return Math.floorMod(key.hashCode() * 31, BUCKETS);
    }
}
