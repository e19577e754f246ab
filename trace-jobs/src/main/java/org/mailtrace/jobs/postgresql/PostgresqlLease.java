package org.mailtrace.jobs.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.LeaseLostException;
import org.mailtrace.jobs.Step;
import org.mailtrace.jobs.sql.HeldRow;
import org.mailtrace.jobs.sql.JobTable;
import org.mailtrace.jobs.sql.Millis;

/** A lease on a row of the database; the time is the database's. */
final class PostgresqlLease implements Lease {
    private final PostgresqlStore store;
    private final HeldRow row;
    private final Duration length;
    private volatile Job job;

    PostgresqlLease(PostgresqlStore store, JobTable.Row row, Duration length) {
        this.store = store;
        this.row = HeldRow.of(row);
        this.length = length;
        this.job = row.job();
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    public boolean isHeld() {
        return store.read(row::isHeld);
    }

    @Override
    public void renew() {
        // The job stays as it was: this may run beside a step.
        store.write(connection -> row.renew(connection, end(connection)).orElseThrow(LeaseLostException::new));
    }

    @Override
    public void commit(Step step) {
        job = store.write(connection -> {
            Job changed = row.advance(connection, step, end(connection)).orElseThrow(LeaseLostException::new);
            new FindingTable(connection, row.seq()).put(step.findings());
            return changed;
        });
    }

    @Override
    public void putOff(Instant until, String progress) {
        // The database's clock says when the time has come, so the pause is counted from its now.
        Duration pause = Duration.between(store.here(), until);
        job = store.write((connection, again) -> {
            long moment = Millis.notBefore(store.now(connection).plus(pause));
            return given(connection, again, JobState.QUEUED, row.putOff(connection, progress, moment));
        });
    }

    @Override
    public void finish(JobState state, String progress, Optional<String> explanation) {
        HeldRow.requireEnd(state);
        job = store.write((connection, again) -> {
            long now = Millis.of(store.now(connection));
            return given(connection, again, state, row.finish(connection, state, progress, explanation, now));
        });
    }

    private long end(Connection connection) throws SQLException {
        return Millis.of(store.now(connection)) + Millis.of(length);
    }

    /**
     * What was changed when the lease was given up. If it was not held, that may have been stored before the connection
     * was cut: the lease's number is still this one, so nobody else did it.
     */
    private Job given(Connection connection, boolean again, JobState state, Optional<Job> changed) throws SQLException {
        if (changed.isPresent() || !again) {
            return changed.orElseThrow(LeaseLostException::new);
        }
        return JobTable.select(
                        connection, "WHERE seq = ? AND lease = ? AND state = ?", row.seq(), row.lease(), state.name())
                .stream()
                .findFirst()
                .map(JobTable.Row::job)
                .orElseThrow(LeaseLostException::new);
    }
}
