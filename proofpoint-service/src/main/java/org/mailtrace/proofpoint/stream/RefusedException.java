package org.mailtrace.proofpoint.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** The vendor answered the opening of a connection with a status other than 101. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Optional<Duration> retryAfter;

    RefusedException(int status, Optional<Duration> retryAfter) {
        super("The log stream answered with HTTP " + status + ".");
        this.status = status;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    /** Whether the token has a session of this type already, or one that has not been released yet. */
    boolean isTooManySessions() {
        return status == 409;
    }

    /** How long the vendor wants to be left alone, where it says so. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether it is the token that is refused. */
    boolean isDenied() {
        return status == 401 || status == 403;
    }

    /** Whether it stays refused until somebody changes a setting or a right. */
    boolean needsAnOperator() {
        return isDenied() || status == 404;
    }

    /** Whether the range of time is not one that the archive has. */
    boolean isOutOfReach() {
        return status == 400;
    }
}
