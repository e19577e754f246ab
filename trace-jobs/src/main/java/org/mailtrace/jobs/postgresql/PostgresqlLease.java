package org.mailtrace.jobs.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.LeaseLostException;
import org.mailtrace.jobs.Step;
import org.mailtrace.jobs.sql.JobTable;
import org.mailtrace.jobs.sql.Millis;

/**
 * A lease, known by its number: each claim of a job counts one up, so that whoever held it before can change nothing. One
 * that ran out is still held as long as nobody has taken the job over; a step is then not done twice for nothing.
 */
final class PostgresqlLease implements Lease {
    private static final String IF_HELD = " WHERE seq = ? AND lease = ? AND state = '" + JobState.RUNNING + "'";

    private final PostgresqlStore store;
    private final long seq;
    private final long number;
    private final Duration length;
    private volatile Job job;

    PostgresqlLease(PostgresqlStore store, JobTable.Row row, Duration length) {
        this.store = store;
        this.seq = row.seq();
        this.number = row.lease();
        this.length = length;
        this.job = row.job();
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    public boolean isHeld() {
        return store.read(connection -> JobTable.number(connection, "SELECT seq FROM job" + IF_HELD, seq, number))
                .isPresent();
    }

    @Override
    public void renew() {
        // The job stays as it was: this may run beside a step.
        store.write(connection ->
                change(connection, "due_at = ?", renewed(connection)).orElseThrow(LeaseLostException::new));
    }

    @Override
    public void commit(Step step) {
        job = store.write(connection -> {
            Job changed = change(
                            connection,
                            "checkpoint = ?, progress = ?, due_at = ?",
                            step.checkpoint(),
                            step.progress(),
                            renewed(connection))
                    .orElseThrow(LeaseLostException::new);
            new FindingTable(connection, seq).put(step.findings());
            return changed;
        });
    }

    @Override
    public void putOff(Instant until, String progress) {
        long moment = Millis.notBefore(until);
        job = store.write((connection, again) -> end(
                connection,
                again,
                JobState.QUEUED,
                "state = ?, progress = ?, not_before = ?, due_at = ?",
                JobState.QUEUED.name(),
                progress,
                moment,
                moment));
    }

    @Override
    public void finish(JobState state, String progress, Optional<String> explanation) {
        if (!state.isOver() || state == JobState.EXPIRED) {
            throw new IllegalArgumentException("a job does not end as " + state);
        }
        job = store.write((connection, again) -> {
            long now = Millis.of(store.now(connection));
            return end(
                    connection,
                    again,
                    state,
                    "state = ?, progress = ?, explanation = ?, finished_at = ?, expires_at = ? + keep_for, due_at = NULL",
                    state.name(),
                    progress,
                    explanation,
                    now,
                    now);
        });
    }

    private long renewed(Connection connection) throws SQLException {
        return Millis.of(store.now(connection)) + Millis.of(length);
    }

    /** Empty if the lease is not held. */
    private Optional<Job> change(Connection connection, String set, Object... values) throws SQLException {
        List<Object> all = new ArrayList<>(List.of(values));
        all.add(seq);
        all.add(number);
        return JobTable.query(
                        connection, "UPDATE job SET " + set + IF_HELD + " RETURNING " + JobTable.COLUMNS, all.toArray())
                .stream()
                .findFirst()
                .map(JobTable.Row::job);
    }

    /**
     * Gives the lease up. If it is not held, that may have been stored before the connection was cut: the lease's number is
     * still this one, so nobody else did it.
     */
    private Job end(Connection connection, boolean again, JobState state, String set, Object... values)
            throws SQLException {
        Optional<Job> changed = change(connection, set, values);
        if (changed.isEmpty() && again) {
            changed =
                    JobTable.select(connection, "WHERE seq = ? AND lease = ? AND state = ?", seq, number, state.name())
                            .stream()
                            .findFirst()
                            .map(JobTable.Row::job);
        }
        return changed.orElseThrow(LeaseLostException::new);
    }
}
