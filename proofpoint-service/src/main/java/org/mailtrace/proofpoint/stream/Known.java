package org.mailtrace.proofpoint.stream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How far the records of one type are known to be in the index: from {@code since} to {@code until}, less the gaps.
 *
 * @param since since when records are followed, UTC; empty before the first connection
 * @param until up to when everything that was sent is stored, UTC
 * @param gaps stretches of which records may be missing, oldest first, apart from each other
 * @param trouble why nothing arrives at the moment, as one sentence; empty while all is well
 */
public record Known(Optional<Instant> since, Optional<Instant> until, List<Gap> gaps, Optional<String> trouble) {
    public Known {
        gaps = List.copyOf(gaps);
    }

    /**
     * A stretch of which records may be missing.
     *
     * @param from UTC, inclusive
     * @param to UTC, exclusive
     * @param reason why, as one sentence
     * @param lost whether it cannot be filled any more
     */
    public record Gap(Instant from, Instant to, String reason, boolean lost) {}
}
