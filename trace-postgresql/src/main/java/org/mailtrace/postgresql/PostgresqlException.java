package org.mailtrace.postgresql;

/** The database failed. The message is one sentence and names no address, account or value. */
public final class PostgresqlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    PostgresqlException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    PostgresqlException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** Why, for whoever decides by it. */
    public Reason reason() {
        return reason;
    }

    /** Whether waiting for the server may help; if not, somebody has to change something. */
    public boolean mayPass() {
        return switch (reason) {
            case UNREACHABLE, READ_ONLY, CONFLICT, TIMED_OUT, UNKNOWN_OUTCOME, TOO_MUCH, FULL, GIVEN_UP -> true;
            case REFUSED, NOT_OURS, CLOSED, OTHER -> false;
        };
    }

    /** Why the database failed. In all cases but {@link #UNKNOWN_OUTCOME} nothing was changed. */
    public enum Reason {
        /** The server is away, starting or stopping, or the connection was cut. */
        UNREACHABLE,
        /** The server may only be read at this moment. */
        READ_ONLY,
        /** Others changed the same, again and again. */
        CONFLICT,
        /** A statement took longer than it may. */
        TIMED_OUT,
        /** The connection was cut while a transaction was being committed: it may be stored or not. */
        UNKNOWN_OUTCOME,
        /** All connections are in use. */
        TOO_MUCH,
        /** The server has no room left. */
        FULL,
        /** The waiting thread was interrupted. */
        GIVEN_UP,
        /** The account, the database or a right is missing. */
        REFUSED,
        /** The tables are of a newer version. */
        NOT_OURS,
        /** The store was closed. */
        CLOSED,
        /** Anything else. */
        OTHER
    }
}
