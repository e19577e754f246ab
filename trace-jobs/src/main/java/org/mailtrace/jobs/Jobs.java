package org.mailtrace.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Durable jobs, shared by all processes of one service. Every method throws {@link JobsException} if the store failed;
 * then nothing was changed, or the change was committed and may be repeated.
 */
public interface Jobs extends AutoCloseable {
    /** Submits a job, once for each idempotency key of an owner as long as that job is known. */
    Submission submit(NewJob job);

    /**
     * Submits a job unless its owner has too many of its kind that are not over, whichever processes took those in. One that
     * was submitted before is found, however many there are.
     *
     * @return empty if there are too many; then nothing was submitted
     */
    Optional<Submission> submit(NewJob job, int mostUnfinished);

    /** The job, whoever owns it; empty if there is none, or it has been forgotten after it expired. */
    Optional<Job> find(String id);

    /** The job that an owner submitted under an idempotency key, as long as it is known. */
    Optional<Job> find(String kind, String owner, String idempotencyKey);

    /** The newest jobs of a kind, whoever owns them. */
    List<Job> newest(String kind, int limit);

    /** The newest jobs of a kind that one owner has, however many others have newer ones. */
    List<Job> newest(String kind, String owner, int limit);

    /** How many jobs of a kind of one owner are not over yet. */
    int unfinished(String kind, String owner);

    /**
     * Cancels a job that is not over. A worker that holds it learns of it at its next commit.
     *
     * @return the job as it is now; empty if there is none
     */
    Optional<Job> cancel(String id);

    /**
     * Takes the oldest job that may be gone on with: queued and due, or running under a lease that ran out. A job that was
     * put off or lost its worker is as old as the moment since which it may be gone on with again, so that none keeps the
     * others from their turn.
     *
     * @param kinds what the worker knows to do
     * @param worker a name of this worker that no other one has
     * @param lease how long nobody else may take it without a sign of life
     */
    Optional<Lease> claim(Set<String> kinds, String worker, Duration lease);

    /**
     * Groups of a job's findings, latest first, ties by key. The pages of a job that is over are stable.
     *
     * @param after where the page before ended
     */
    List<FindingGroup> findings(String id, Optional<Place> after, int limit);

    /** How many groups of findings a job has. */
    long countGroups(String id);

    /**
     * Expires what is over for longer than it is kept, and forgets expired jobs after as long again. With its findings an
     * expired job loses its request, which is then empty, and its checkpoint.
     *
     * @return how many jobs expired; none of those where a connection was cut at that moment
     */
    int expire(Instant now);

    @Override
    void close();
}
