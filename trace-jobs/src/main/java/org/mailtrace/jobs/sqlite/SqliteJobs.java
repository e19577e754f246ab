package org.mailtrace.jobs.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.jobs.FindingGroup;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.Lease;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.Place;
import org.mailtrace.jobs.Submission;
import org.mailtrace.jobs.sql.Entrance;
import org.mailtrace.jobs.sql.Expiry;
import org.mailtrace.jobs.sql.Ids;
import org.mailtrace.jobs.sql.JobTable;
import org.mailtrace.jobs.sql.Millis;

/** The jobs in a store. */
final class SqliteJobs implements Jobs {
    /** So few, because others wait for the right to write meanwhile. */
    private static final int REMOVED_AT_ONCE = 2000;

    private final SqliteStore store;
    private final Clock clock;

    SqliteJobs(SqliteStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public Submission submit(NewJob job) {
        String id = Ids.anew();
        return store.write(connection -> new Entrance(connection).submit(id, job, Millis.of(clock.instant())));
    }

    @Override
    public Optional<Submission> submit(NewJob job, int mostUnfinished) {
        String id = Ids.anew();
        return store.write(
                connection -> new Entrance(connection).submit(id, job, mostUnfinished, Millis.of(clock.instant())));
    }

    @Override
    public Optional<Job> find(String id) {
        return store.read(connection -> JobTable.byId(connection, id).map(JobTable.Row::job));
    }

    @Override
    public Optional<Job> find(String kind, String owner, String idempotencyKey) {
        return store.read(connection -> new Entrance(connection).earlier(kind, owner, idempotencyKey));
    }

    @Override
    public List<Job> newest(String kind, int limit) {
        return store.read(connection ->
                JobTable.select(connection, "WHERE kind = ? ORDER BY seq DESC LIMIT ?", kind, limit).stream()
                        .map(JobTable.Row::job)
                        .toList());
    }

    @Override
    public List<Job> newest(String kind, String owner, int limit) {
        return store.read(
                connection -> JobTable.select(
                                connection,
                                "WHERE kind = ? AND owner = ? ORDER BY seq DESC LIMIT ?",
                                kind,
                                owner,
                                limit)
                        .stream()
                        .map(JobTable.Row::job)
                        .toList());
    }

    @Override
    public int unfinished(String kind, String owner) {
        return store.read(connection -> new Entrance(connection).unfinished(kind, owner));
    }

    @Override
    public Optional<Job> cancel(String id) {
        return store.write(connection -> {
            JobTable.update(
                    connection,
                    "UPDATE job SET state = ?1, finished_at = ?2, expires_at = ?2 + keep_for, due_at = NULL"
                            + " WHERE id = ?3 AND due_at IS NOT NULL",
                    JobState.CANCELLED.name(),
                    Millis.of(clock.instant()),
                    id);
            return JobTable.byId(connection, id).map(JobTable.Row::job);
        });
    }

    @Override
    public Optional<Lease> claim(Set<String> kinds, String worker, Duration lease) {
        if (lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException("a lease lasts for a while");
        }
        return store.write(connection -> {
            long now = Millis.of(clock.instant());
            Optional<JobTable.Row> due = due(connection, kinds, now);
            if (due.isEmpty()) {
                return Optional.<Lease>empty();
            }
            long seq = due.orElseThrow().seq();
            JobTable.update(
                    connection,
                    "UPDATE job SET state = ?1, lease = lease + 1, worker = ?2, due_at = ?3,"
                            + " started_at = coalesce(started_at, ?4) WHERE seq = ?5",
                    JobState.RUNNING.name(),
                    worker,
                    now + Millis.of(lease),
                    now,
                    seq);
            JobTable.Row taken =
                    JobTable.select(connection, "WHERE seq = ?", seq).getFirst();
            return Optional.<Lease>of(new SqliteLease(store, clock, taken, lease));
        });
    }

    /**
     * The one that waits longest since it could be gone on with: one that is put off again and again, or whose workers
     * keep dying, lets the others have their turn.
     */
    private static Optional<JobTable.Row> due(Connection connection, Set<String> kinds, long now) throws SQLException {
        List<Object> values = new ArrayList<>(kinds);
        values.add(now);
        String marks = String.join(", ", Collections.nCopies(kinds.size(), "?"));
        return JobTable.select(
                        connection,
                        "WHERE kind IN (" + marks + ") AND due_at <= ? ORDER BY due_at, seq LIMIT 1",
                        values.toArray())
                .stream()
                .findFirst();
    }

    @Override
    public List<FindingGroup> findings(String id, Optional<Place> after, int limit) {
        return store.read(connection -> {
            Optional<FindingTable> findings = findings(connection, id);
            return findings.isPresent() ? findings.orElseThrow().page(after, limit) : List.of();
        });
    }

    @Override
    public long countGroups(String id) {
        return store.read(connection -> {
            Optional<FindingTable> findings = findings(connection, id);
            return findings.isPresent() ? findings.orElseThrow().countGroups() : 0L;
        });
    }

    /** What an expired job once had may not have been removed yet, and is not shown. */
    private static Optional<FindingTable> findings(Connection connection, String id) throws SQLException {
        return JobTable.byId(connection, id)
                .filter(row -> row.job().state() != JobState.EXPIRED)
                .map(row -> new FindingTable(connection, row.seq()));
    }

    @Override
    public int expire(Instant now) {
        return new Expiry(
                        Millis.of(now),
                        (connection, job) -> new FindingTable(connection, job).removeSome(REMOVED_AT_ONCE))
                .run(work -> store.write(work::on));
    }

    @Override
    public void close() {
        store.close();
    }
}
