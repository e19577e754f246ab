package org.mailtrace.postgresql;

import java.sql.SQLException;

/** The error came out of the commit itself. */
final class CommitException extends SQLException {
    private static final long serialVersionUID = 1L;

    private final transient SQLException cause;

    CommitException(SQLException cause) {
        super(cause);
        this.cause = cause;
    }

    SQLException cause() {
        return cause;
    }
}
