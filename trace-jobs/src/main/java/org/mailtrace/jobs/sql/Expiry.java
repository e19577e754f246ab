package org.mailtrace.jobs.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.mailtrace.jobs.JobState;

/** Expires jobs: first they say so, then their findings go, in pieces, and much later the jobs themselves. */
public final class Expiry {
    private static final String EXPIRED = JobState.EXPIRED.name();

    private final long now;
    private final Removal findings;

    /**
     * For one moment.
     *
     * @param now in milliseconds since 1970
     * @param findings removes some of a job's
     */
    public Expiry(long now, Removal findings) {
        this.now = now;
        this.findings = findings;
    }

    /** Removes some of the findings of a job; returns whether there may be more. */
    @FunctionalInterface
    public interface Removal {
        boolean of(Connection connection, long job) throws SQLException;
    }

    /** What is done wholly or not at all, and counts what it changed. */
    @FunctionalInterface
    public interface Work {
        int on(Connection connection) throws SQLException;
    }

    /** Does work in a transaction of the store. */
    @FunctionalInterface
    public interface Transactions {
        int write(Work work);
    }

    /** Returns how many jobs expired. A run that was cut short is gone on with by the next. */
    public int run(Transactions store) {
        int expired = store.write(this::mark);
        while (store.write(this::removeSome) > 0) {
            // Each in a transaction of its own.
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

    private int removeSome(Connection connection) throws SQLException {
        Optional<Long> job = JobTable.number(
                connection,
                "SELECT seq FROM job WHERE expires_at <= ? AND state = ? AND (EXISTS(SELECT 1 FROM finding WHERE job = seq)"
                        + " OR EXISTS(SELECT 1 FROM finding_group WHERE job = seq)) LIMIT 1",
                now,
                EXPIRED);
        return job.isPresent() && findings.of(connection, job.orElseThrow()) ? 1 : 0;
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
