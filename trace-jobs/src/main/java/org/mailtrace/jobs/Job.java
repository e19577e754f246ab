package org.mailtrace.jobs;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A job as the store has it. All times are UTC, to the millisecond.
 *
 * @param id unguessable and URL-safe
 * @param request what is to be done, as it was submitted
 * @param checkpoint where the work goes on; empty before the first step
 * @param progress how far it is, as the worker last said
 * @param explanation one sentence where it ended otherwise than complete
 * @param notBefore before this moment no worker takes it
 * @param startedAt when a worker first took it
 * @param finishedAt when it was over
 * @param expiresAt when its findings are removed; known once it is over
 */
public record Job(
        String id,
        String kind,
        String owner,
        JobState state,
        String request,
        Optional<String> checkpoint,
        String progress,
        Optional<String> explanation,
        Instant createdAt,
        Instant notBefore,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<Instant> expiresAt) {
    public Job {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(checkpoint, "checkpoint");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(explanation, "explanation");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(notBefore, "notBefore");
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(finishedAt, "finishedAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** As it is at that moment: once its time is over it is expired, whether its findings were removed by then or not. */
    public Job asOf(Instant now) {
        boolean over =
                state.isOver() && expiresAt.filter(end -> !end.isAfter(now)).isPresent();
        return over
                ? new Job(
                        id,
                        kind,
                        owner,
                        JobState.EXPIRED,
                        request,
                        checkpoint,
                        progress,
                        explanation,
                        createdAt,
                        notBefore,
                        startedAt,
                        finishedAt,
                        expiresAt)
                : this;
    }

    /** Never what was asked or who asked: both are personal data. */
    @Override
    public String toString() {
        return "Job[id=" + id + ", kind=" + kind + ", state=" + state + "]";
    }
}
