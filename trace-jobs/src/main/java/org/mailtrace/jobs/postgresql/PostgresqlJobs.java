package org.mailtrace.jobs.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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
final class PostgresqlJobs implements Jobs {
    /** So many, that no transaction lasts long and holds the server's cleaning back. */
    private static final int REMOVED_AT_ONCE = 10_000;

    private final PostgresqlStore store;

    PostgresqlJobs(PostgresqlStore store) {
        this.store = store;
    }

    @Override
    public Submission submit(NewJob job) {
        String id = Ids.anew();
        return store.write(connection -> new Entrance(connection).submit(id, job, now(connection)));
    }

    @Override
    public Optional<Submission> submit(NewJob job, int mostUnfinished) {
        String id = Ids.anew();
        return store.write(connection -> {
            takeTurn(connection, job.kind() + " " + job.owner());
            return new Entrance(connection).submit(id, job, mostUnfinished, now(connection));
        });
    }

    /** Nobody else counts and submits for that owner until the transaction is over. */
    private static void takeTurn(Connection connection, String owner) throws SQLException {
        try (PreparedStatement turn = connection.prepareStatement(
                "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ' submit ' || ?, 0))")) {
            turn.setString(1, owner);
            turn.execute();
        }
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
            long now = now(connection);
            JobTable.update(
                    connection,
                    "UPDATE job SET state = ?, finished_at = ?, expires_at = ? + keep_for, due_at = NULL"
                            + " WHERE id = ? AND due_at IS NOT NULL",
                    JobState.CANCELLED.name(),
                    now,
                    now,
                    id);
            return JobTable.byId(connection, id).map(JobTable.Row::job);
        });
    }

    @Override
    public Optional<Lease> claim(Set<String> kinds, String worker, Duration lease) {
        if (lease.isNegative() || lease.isZero()) {
            throw new IllegalArgumentException("a lease lasts for a while");
        }
        Claim claim = new Claim(kinds, worker, Millis.of(lease));
        return store.write((connection, again) -> claim.take(connection, again, now(connection)))
                .map(row -> new PostgresqlLease(store, row, lease));
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
        // A replica whose clock is ahead must not take away what all of them have.
        long known = store.read(this::now);
        return new Expiry(
                        Math.min(known, Millis.of(now)),
                        (connection, job) -> new FindingTable(connection, job).removeSome(REMOVED_AT_ONCE))
                .run(work -> store.write(connection -> work.on(connection)));
    }

    @Override
    public void close() {
        store.close();
    }

    private long now(Connection connection) throws SQLException {
        return Millis.of(store.now(connection));
    }
}
