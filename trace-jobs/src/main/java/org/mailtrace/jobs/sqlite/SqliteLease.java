package org.mailtrace.jobs.sqlite;

import java.time.Clock;
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

/** A lease on a row of the file; the time is this process's. */
final class SqliteLease implements Lease {
    private final SqliteStore store;
    private final Clock clock;
    private final HeldRow row;
    private final Duration length;
    private volatile Job job;

    SqliteLease(SqliteStore store, Clock clock, JobTable.Row row, Duration length) {
        this.store = store;
        this.clock = clock;
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
        store.write(connection -> row.renew(connection, end()).orElseThrow(LeaseLostException::new));
    }

    @Override
    public void commit(Step step) {
        job = store.write(connection -> {
            Job changed = row.advance(connection, step, end()).orElseThrow(LeaseLostException::new);
            new FindingTable(connection, row.seq()).put(step.findings());
            return changed;
        });
    }

    @Override
    public void putOff(Instant until, String progress) {
        job = store.write(connection ->
                row.putOff(connection, progress, Millis.notBefore(until)).orElseThrow(LeaseLostException::new));
    }

    @Override
    public void finish(JobState state, String progress, Optional<String> explanation) {
        HeldRow.requireEnd(state);
        job = store.write(connection -> row.finish(connection, state, progress, explanation, Millis.of(clock.instant()))
                .orElseThrow(LeaseLostException::new));
    }

    private long end() {
        return Millis.of(clock.instant()) + Millis.of(length);
    }
}
