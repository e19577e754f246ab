package org.mailtrace.jobs;

import java.time.Instant;
import java.util.Optional;

/**
 * A worker's right to go on with one job, for a limited time that every committed step renews. Whoever lost it, because
 * the time ran out or the job was cancelled, can change nothing any more.
 */
public interface Lease {
    /** The job as it was when it was claimed or last committed. */
    Job job();

    /** Whether the job may be gone on with: neither cancelled nor taken over. */
    boolean isHeld();

    /**
     * Renews the lease without a step, for work that takes long; also beside a step that is under way.
     *
     * @throws LeaseLostException if it is not held any more
     * @throws JobsException if the store failed
     */
    void renew();

    /**
     * Stores a step and renews the lease.
     *
     * @throws LeaseLostException if it is not held any more; nothing was stored
     * @throws JobsException if the store failed; the step may be committed again
     */
    void commit(Step step);

    /**
     * Gives the job back, to be gone on with from its last step at a later moment.
     *
     * @param until before this moment nobody takes it, UTC
     * @param progress how far it is, and what it waits for
     * @throws LeaseLostException if it is not held any more
     * @throws JobsException if the store failed
     */
    void putOff(Instant until, String progress);

    /**
     * Ends the job.
     *
     * @param state a state that {@linkplain JobState#isOver() is over}
     * @param progress how far it got
     * @param explanation one sentence unless it is complete
     * @throws LeaseLostException if it is not held any more
     * @throws JobsException if the store failed
     */
    void finish(JobState state, String progress, Optional<String> explanation);
}
