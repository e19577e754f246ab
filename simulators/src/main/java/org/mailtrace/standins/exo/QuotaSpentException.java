package org.mailtrace.standins.exo;

import java.util.Optional;

/** The tenant asked too often. The text was measured in public. */
public final class QuotaSpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<Long> retryAfterSeconds;

    QuotaSpentException(Optional<Long> retryAfterSeconds) {
        super("Your recent queries have surpassed the permitted limit, please try again later.");
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** What Retry-After says, if it is sent. */
    public Optional<Long> retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
