package org.mailtrace.onprem.follow;

import java.time.Instant;
import org.jboss.logging.Logger;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.TraceIndex;

/** Removes what is older than the retention, in steps so small that neither reading nor searching waits for long. */
final class Purge {
    private static final Logger LOG = Logger.getLogger(Purge.class);

    /** Messages of one step; about as many as arrive in one of a reader's transactions. */
    private static final int STEP = 500;

    private final TraceIndex index;
    private final Retention retention;

    Purge(TraceIndex index, Retention retention) {
        this.index = index;
        this.retention = retention;
    }

    /** Removes all that may go now; never throws, the next run goes on. */
    void run() {
        Instant before = retention.floor();
        long removed = 0;
        try {
            int step = STEP;
            while (before.isAfter(Instant.EPOCH)
                    && step == STEP
                    && !Thread.currentThread().isInterrupted()) {
                step = index.purge(before, STEP);
                removed += step;
            }
        } catch (IndexException e) {
            LOG.warnf("older messages cannot be purged, it is tried again reason=\"%s\"", e.getMessage());
        }
        if (removed > 0) {
            LOG.infof("older messages were purged count=%d before=%s", removed, before);
        }
    }
}
