package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.ProgressHandler;

/**
 * Ends a query that runs past its deadline, checked by SQLite itself every few thousand steps: unlike a timer that
 * cancels, it can never hit the next query of the same connection.
 */
final class Deadline extends ProgressHandler {
    private static final int STEPS = 2000;

    private volatile long endsAt = Long.MAX_VALUE;
    private volatile boolean armed;

    static Deadline on(Connection connection) throws SQLException {
        Deadline deadline = new Deadline();
        ProgressHandler.setHandler(connection, STEPS, deadline);
        return deadline;
    }

    void arm(Duration budget) {
        endsAt = System.nanoTime() + budget.toNanos();
        armed = true;
    }

    void disarm() {
        armed = false;
    }

    boolean passed() {
        return armed && System.nanoTime() - endsAt > 0;
    }

    @Override
    protected int progress() {
        return passed() ? 1 : 0;
    }
}
