package org.mailtrace.jobs.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.sql.JobTable;

/** Expires jobs: first they say so, then their findings go, in pieces, and much later the jobs themselves. */
final class Expiry {
    /** Findings that are removed at once, so that no transaction lasts long and holds the server's cleaning back. */
    private static final int AT_ONCE = 10_000;

    private static final String EXPIRED = JobState.EXPIRED.name();

    private final PostgresqlStore store;
    private final long now;

    Expiry(PostgresqlStore store, long now) {
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
                "UPDATE job SET state = ?, request = '', checkpoint = NULL WHERE expires_at <= ? AND state <> ?",
                EXPIRED,
                now,
                EXPIRED);
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
                "DELETE FROM job WHERE expires_at <= ? AND expires_at + keep_for <= ? AND state = ?"
                        + " AND NOT EXISTS(SELECT 1 FROM finding WHERE job = seq)",
                now,
                now,
                EXPIRED);
    }
}
