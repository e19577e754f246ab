package org.mailtrace.standins.exo;

/** The tenant asked too often; traces and details share one allowance. */
final class QuotaSpentException extends GraphErrorException {
    private static final long serialVersionUID = 1L;

    private final long retryAfterSeconds;

    QuotaSpentException(long retryAfterSeconds) {
        super(
                429,
                "TooManyRequests",
                "Your recent queries have surpassed the permitted limit, please try again later.");
        this.retryAfterSeconds = retryAfterSeconds;
    }

    long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
