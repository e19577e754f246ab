package org.mailtrace.jobs.sqlite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.NewJob;
import org.mailtrace.jobs.Submission;

/**
 * Takes a job in, once for each idempotency key. Requests are compared by digests that the job's id salts, because a job
 * that expired has lost its request and still keeps its key.
 */
final class Entrance {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int ID_BYTES = 18;

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
        String id = newId();
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
                digest(id, job.request()),
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
        return JobTable.number(connection, "SELECT seq FROM job WHERE id = ? AND digest = ?", id, digest(id, request))
                .isPresent();
    }

    private static String newId() {
        byte[] bytes = new byte[ID_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] digest(String id, String request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(id.getBytes(StandardCharsets.UTF_8));
            return digest.digest(request.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new JobsException("This Java cannot compute SHA-256.", e);
        }
    }
}
