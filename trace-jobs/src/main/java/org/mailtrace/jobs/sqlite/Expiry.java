package org.mailtrace.jobs.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.sql.JobTable;

/** Expires jobs: first they say so, then their findings go, a few at a time, and much later the jobs themselves. */
final class Expiry {
    /** Findings that are removed at once: others wait for the right to write only that long. */
    private static final int AT_ONCE = 2000;

    private static final String EXPIRED = JobState.EXPIRED.name();

    private final SqliteStore store;
    private final long now;

    Expiry(SqliteStore store, long now) {
        this.store = store;
        this.now = now;
    }

    /** Returns how many jobs expired. A run that was cut short is gone on with by the next. */
    int run() {
        int expired = store.write(this::mark);
        boolean more = true;
        while (more) {
            more = store.write(this::removeSome);
        }
        store.write(this::forget);
        return expired;
    }

    /** A checkpoint may repeat what was asked, so it goes with the request. */
    private int mark(Connection connection) throws SQLException {
        return JobTable.update(
                connection,
                "UPDATE job SET state = ?1, request = '', checkpoint = NULL WHERE expires_at <= ?2 AND state <> ?1",
                EXPIRED,
                now);
    }

    private boolean removeSome(Connection connection) throws SQLException {
        Optional<Long> job = JobTable.number(
                connection,
                "SELECT seq FROM job WHERE expires_at <= ? AND state = ? AND (EXISTS(SELECT 1 FROM finding WHERE job = seq)"
                        + " OR EXISTS(SELECT 1 FROM finding_group WHERE job = seq)) LIMIT 1",
                now,
                EXPIRED);
        return job.isPresent() && new FindingTable(connection, job.orElseThrow()).removeSome(AT_ONCE);
    }

    private int forget(Connection connection) throws SQLException {
        return JobTable.update(
                connection,
                "DELETE FROM job WHERE expires_at <= ?1 AND expires_at + keep_for <= ?1 AND state = ?2",
                now,
                EXPIRED);
    }
}
