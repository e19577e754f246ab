package org.mailtrace.jobs.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.Submission;
import org.mailtrace.jobs.sql.Ids;
import org.mailtrace.jobs.sql.JobTable;
import org.mailtrace.jobs.sql.Millis;

/**
 * Takes a job in, once for each idempotency key. Requests are compared by digests that the job's id salts, because a job
 * that expired has lost its request and still keeps its key.
 */
final class Entrance {
    private final Connection connection;

    Entrance(Connection connection) {
        this.connection = connection;
    }

    Submission submit(NewJob job, long now) throws SQLException {
        Optional<Job> earlier = job.idempotencyKey().isPresent() ? earlier(job) : Optional.empty();
        if (earlier.isPresent()) {
            Job known = earlier.orElseThrow();
            return isOf(known.id(), job.request()) ? new Submission.Repeated(known) : new Submission.Conflicting(known);
        }
        String id = Ids.anew();
        JobTable.update(
                connection,
                "INSERT INTO job(id, kind, owner, idempotency_key, state, request, digest, progress, created_at,"
                        + " not_before, due_at, keep_for, lease) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?9, ?10, 0)",
                id,
                job.kind(),
                job.owner(),
                job.idempotencyKey(),
                JobState.QUEUED.name(),
                job.request(),
                Ids.digest(id, job.request()),
                job.progress(),
                now,
                Millis.of(job.keepFor()));
        return new Submission.Accepted(
                JobTable.byId(connection, id).orElseThrow().job());
    }

    private Optional<Job> earlier(NewJob job) throws SQLException {
        return JobTable.select(
                        connection,
                        "WHERE owner = ? AND kind = ? AND idempotency_key = ?",
                        job.owner(),
                        job.kind(),
                        job.idempotencyKey())
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
