package org.mailtrace.jobs.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.Submission;

/**
 * Takes a job in, once for each idempotency key, whichever processes it comes to at the same moment: the unique index
 * decides, and who comes second waits for the first. A job that is there under the new id was stored before the connection
 * was cut. Requests are compared by digests that the job's id salts, because a job that expired has lost its request and
 * still keeps its key.
 */
public final class Entrance {
    private final Connection connection;

    public Entrance(Connection connection) {
        this.connection = connection;
    }

    /**
     * Stores the job, or finds the one that came before it.
     *
     * @param id one that no job has, except this one where it was stored before
     * @param now in milliseconds since 1970
     */
    public Submission submit(String id, NewJob job, long now) throws SQLException {
        insert(id, job, now);
        Optional<JobTable.Row> stored = JobTable.byId(connection, id);
        if (stored.isPresent()) {
            return new Submission.Accepted(stored.orElseThrow().job());
        }
        // One that is forgotten just now frees its key: this is begun anew.
        Job earlier = earlier(job.kind(), job.owner(), job.idempotencyKey().orElseThrow())
                .orElseThrow(() -> new SQLException("the earlier job has gone", "40001"));
        return isOf(earlier.id(), job.request())
                ? new Submission.Repeated(earlier)
                : new Submission.Conflicting(earlier);
    }

    /**
     * As {@link #submit(String, NewJob, long)}, unless the owner has too many of that kind that are not over. The caller sees to
     * it that nobody else takes one in for that owner meanwhile.
     */
    public Optional<Submission> submit(String id, NewJob job, int mostUnfinished, long now) throws SQLException {
        return isKnown(id, job) || unfinished(job.kind(), job.owner()) < mostUnfinished
                ? Optional.of(submit(id, job, now))
                : Optional.empty();
    }

    private boolean isKnown(String id, NewJob job) throws SQLException {
        return JobTable.byId(connection, id).isPresent()
                || (job.idempotencyKey().isPresent()
                        && earlier(job.kind(), job.owner(), job.idempotencyKey().orElseThrow())
                                .isPresent());
    }

    /** How many jobs of that kind and owner are not over. */
    public int unfinished(String kind, String owner) throws SQLException {
        return JobTable.number(
                        connection,
                        "SELECT count(*) FROM job WHERE kind = ? AND owner = ? AND due_at IS NOT NULL",
                        kind,
                        owner)
                .orElse(0L)
                .intValue();
    }

    private void insert(String id, NewJob job, long now) throws SQLException {
        JobTable.update(
                connection,
                "INSERT INTO job(id, kind, owner, idempotency_key, state, request, digest, progress, created_at,"
                        + " not_before, due_at, keep_for, lease) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)"
                        + " ON CONFLICT DO NOTHING",
                id,
                job.kind(),
                job.owner(),
                job.idempotencyKey(),
                JobState.QUEUED.name(),
                job.request(),
                Ids.digest(id, job.request()),
                job.progress(),
                now,
                now,
                now,
                Millis.of(job.keepFor()));
    }

    /** The job that came with this key. */
    public Optional<Job> earlier(String kind, String owner, String key) throws SQLException {
        return JobTable.select(connection, "WHERE owner = ? AND kind = ? AND idempotency_key = ?", owner, kind, key)
                .stream()
                .findFirst()
                .map(JobTable.Row::job);
    }

    private boolean isOf(String id, String request) throws SQLException {
        return JobTable.number(
                        connection, "SELECT seq FROM job WHERE id = ? AND digest = ?", id, Ids.digest(id, request))
                .isPresent();
    }
}
