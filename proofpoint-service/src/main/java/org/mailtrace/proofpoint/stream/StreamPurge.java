package org.mailtrace.proofpoint.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jboss.logging.Logger;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;

/**
 * Removes what is older than the retention, in small steps. What is old is judged by the newest evidence and our clock
 * together, whichever says less: neither a clock nor a record that is set to next year may destroy anything.
 */
final class StreamPurge {
    private static final Logger LOG = Logger.getLogger(StreamPurge.class);
    private static final int STEP = 500;

    private final TraceIndex index;
    private final List<Following> followings;
    private final Duration keep;
    private final Clock clock;

    StreamPurge(TraceIndex index, List<Following> followings, Duration keep, Clock clock) {
        this.index = index;
        this.followings = List.copyOf(followings);
        this.keep = keep;
        this.clock = clock;
    }

    /** Removes all that may go now; never throws for the store, the next run goes on. */
    void run() {
        Optional<Instant> newest = followings.stream()
                .flatMap(following -> following.progress().newest().stream())
                .max(Comparator.naturalOrder());
        if (!keep.isPositive() || newest.isEmpty()) {
            return;
        }
        Instant before = BinaryOperator.<Instant>minBy(Comparator.naturalOrder())
                .apply(newest.get(), clock.instant())
                .minus(keep);
        long removed = 0;
        try {
            int step = STEP;
            while (step == STEP && !Thread.currentThread().isInterrupted()) {
                step = index.purge(before, STEP);
                removed += step;
            }
            for (Following following : followings) {
                Instant floor = following.ledger().floor();
                following.ledger().commit(List.of(), List.of(), proven -> proven.keptFrom(floor));
            }
        } catch (IndexException e) {
            LOG.warnf("older records cannot be purged, it is tried again reason=\"%s\"", e.getMessage());
        }
        if (removed > 0) {
            LOG.infof("older messages were purged count=%d before=%s", removed, before);
        }
    }
}
