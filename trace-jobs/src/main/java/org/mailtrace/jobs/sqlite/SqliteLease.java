package org.mailtrace.jobs.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
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
final class SqliteLease implements Lease {
    private static final String IF_HELD = " WHERE seq = ? AND lease = ? AND state = '" + JobState.RUNNING + "'";

    private final SqliteStore store;
    private final Clock clock;
    private final long seq;
    private final long number;
    private final Duration length;
    private volatile Job job;

    SqliteLease(SqliteStore store, Clock clock, JobTable.Row row, Duration length) {
        this.store = store;
        this.clock = clock;
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
        store.write(connection -> change(connection, "due_at = ?", end()));
    }

    @Override
    public void commit(Step step) {
        job = store.write(connection -> {
            Job changed = change(
                    connection, "checkpoint = ?, progress = ?, due_at = ?", step.checkpoint(), step.progress(), end());
            new FindingTable(connection, seq).put(step.findings());
            return changed;
        });
    }

    @Override
    public void putOff(Instant until, String progress) {
        long moment = Millis.notBefore(until);
        job = store.write(connection -> change(
                connection,
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
        job = store.write(connection -> {
            long now = Millis.of(clock.instant());
            return change(
                    connection,
                    "state = ?, progress = ?, explanation = ?, finished_at = ?, expires_at = ? + keep_for, due_at = NULL",
                    state.name(),
                    progress,
                    explanation,
                    now,
                    now);
        });
    }

    private long end() {
        return Millis.of(clock.instant()) + Millis.of(length);
    }

    private Job change(Connection connection, String set, Object... values) throws SQLException {
        List<Object> all = new ArrayList<>(List.of(values));
        all.add(seq);
        all.add(number);
        if (JobTable.update(connection, "UPDATE job SET " + set + IF_HELD, all.toArray()) == 0) {
            throw new LeaseLostException();
        }
        return JobTable.select(connection, "WHERE seq = ?", seq).getFirst().job();
    }
}
