package org.mailtrace.jobs.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Step;

/**
 * A job's row as long as one lease holds it. The lease is known by its number: each claim of a job counts one up, so that
 * whoever held it before can change nothing. One that ran out is still held as long as nobody has taken the job over; a
 * step is then not done twice for nothing. Every change answers with the changed job, or with nothing where the row is not
 * held; times are milliseconds since 1970.
 *
 * @param seq the job's number in the store
 * @param lease the lease's number
 */
public record HeldRow(long seq, long lease) {
    private static final String IF_HELD = " WHERE seq = ? AND lease = ? AND state = '" + JobState.RUNNING + "'";

    /** The row as it was claimed. */
    public static HeldRow of(JobTable.Row row) {
        return new HeldRow(row.seq(), row.lease());
    }

    public boolean isHeld(Connection connection) throws SQLException {
        return JobTable.number(connection, "SELECT seq FROM job" + IF_HELD, seq, lease)
                .isPresent();
    }

    /** The lease ends later. */
    public Optional<Job> renew(Connection connection, long end) throws SQLException {
        return change(connection, "due_at = ?", end);
    }

    /** A step was done, and the lease ends later. Its findings are stored elsewhere. */
    public Optional<Job> advance(Connection connection, Step step, long end) throws SQLException {
        return change(connection, "checkpoint = ?, progress = ?, due_at = ?", step.checkpoint(), step.progress(), end);
    }

    /** Nobody takes the job before that moment. */
    public Optional<Job> putOff(Connection connection, String progress, long until) throws SQLException {
        return change(
                connection,
                "state = ?, progress = ?, not_before = ?, due_at = ?",
                JobState.QUEUED.name(),
                progress,
                until,
                until);
    }

    /** The job is over. */
    public Optional<Job> finish(
            Connection connection, JobState state, String progress, Optional<String> explanation, long now)
            throws SQLException {
        return change(
                connection,
                "state = ?, progress = ?, explanation = ?, finished_at = ?, expires_at = ? + keep_for, due_at = NULL",
                state.name(),
                progress,
                explanation,
                now,
                now);
    }

    /**
     * Refuses an end that is none.
     *
     * @throws IllegalArgumentException if no work ends like that
     */
    public static void requireEnd(JobState state) {
        if (!state.isOver() || state == JobState.EXPIRED) {
            throw new IllegalArgumentException("a job does not end as " + state);
        }
    }

    private Optional<Job> change(Connection connection, String set, Object... values) throws SQLException {
        List<Object> all = new ArrayList<>(List.of(values));
        all.add(seq);
        all.add(lease);
        return JobTable.query(
                        connection, "UPDATE job SET " + set + IF_HELD + " RETURNING " + JobTable.COLUMNS, all.toArray())
                .stream()
                .findFirst()
                .map(JobTable.Row::job);
    }
}
