package org.mailtrace.index;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How large a store is.
 *
 * @param bytes what it takes on disk
 * @param free bytes that are left on its disk; empty where the disk is another machine's
 * @param messages about how many messages it holds: counting them would take too long
 * @param oldest the last row of the message that has been quiet for longest, UTC; empty while there is none
 */
public record IndexSize(long bytes, OptionalLong free, long messages, Optional<Instant> oldest) {
    public IndexSize {
        Objects.requireNonNull(free, "free");
        Objects.requireNonNull(oldest, "oldest");
    }
}
