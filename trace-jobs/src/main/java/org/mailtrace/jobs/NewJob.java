package org.mailtrace.jobs;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A job to be done.
 *
 * @param kind what sort of work it is; a worker claims jobs of the kinds it knows
 * @param owner who asked for it, as the identity provider names the subject; two owners never share a job
 * @param idempotencyKey the caller's own key: the same key of the same owner and kind leads to the same job
 * @param request what is to be done, opaque here
 * @param progress how far it is before anything was done, opaque here
 * @param keepFor how long its findings are kept once it is over
 */
public record NewJob(
        String kind, String owner, Optional<String> idempotencyKey, String request, String progress, Duration keepFor) {
    public NewJob {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(progress, "progress");
        if (keepFor.isNegative() || keepFor.isZero()) {
            throw new IllegalArgumentException("a result is kept for a while");
        }
    }
}
