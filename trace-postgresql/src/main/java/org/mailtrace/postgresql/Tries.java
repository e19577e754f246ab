package org.mailtrace.postgresql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.mailtrace.postgresql.PostgresqlException.Reason;

/** How often and how long something is tried: a little later each time, and not longer than the patience. */
final class Tries {
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private final Trouble trouble;
    private final long end;
    private long pause = FIRST_PAUSE_MILLIS;
    private boolean unknown;

    Tries(Trouble trouble, Duration patience) {
        this.trouble = trouble;
        this.end = System.nanoTime() + patience.toNanos();
    }

    /**
     * A commit may have stored what was done, or not; only a later success tells.
     *
     * @throws PostgresqlException if it must not be done twice
     */
    void outcomeIsUnknown(boolean repeatable, SQLException error) {
        unknown = true;
        if (!repeatable) {
            throw trouble.of(Reason.UNKNOWN_OUTCOME, error);
        }
    }

    /**
     * Waits before the next try.
     *
     * @throws PostgresqlException if there is no next try
     */
    void failed(SQLException error) {
        if (!Trouble.passes(error) || System.nanoTime() - end >= 0) {
            throw unknown ? trouble.of(Reason.UNKNOWN_OUTCOME, error) : trouble.of(error);
        }
        try {
            // Not all who lost the same server or met in a conflict at the same moment again.
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(pause / 2, pause + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw trouble.of(Reason.GIVEN_UP, e);
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
}
