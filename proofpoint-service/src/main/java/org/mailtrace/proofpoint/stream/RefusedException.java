package org.mailtrace.proofpoint.stream;

import java.io.IOException;

/** The vendor answered the opening of a connection with a status other than 101. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status) {
        super("The log stream answered with HTTP " + status + ".");
        this.status = status;
    }

    int status() {
        return status;
    }

    /** Whether the token has a session of this type already, or one that has not been released yet. */
    boolean isTooManySessions() {
        return status == 409;
    }

    /** Whether it stays refused until somebody changes a setting or a right. */
    boolean needsAnOperator() {
        return status == 401 || status == 403 || status == 404;
    }

    /** Whether the range of time is not one that the archive has. */
    boolean isOutOfReach() {
        return status == 400;
    }
}
