package org.mailtrace.postgresql;

import java.sql.SQLException;
import org.mailtrace.postgresql.PostgresqlException.Reason;

/**
 * What an error of the server means, by its
 * <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">code</a>. The server's own words may hold
 * values and are never repeated.
 */
final class Trouble {
    private static final String NONE = "";

    /** What the sentences call the store, such as "job store". */
    private final String name;

    Trouble(String name) {
        this.name = name;
    }

    PostgresqlException of(SQLException error) {
        Reason reason = reason(error);
        return reason == Reason.OTHER
                ? new PostgresqlException(
                        reason, "The " + name + " could not be read or written (SQLSTATE " + state(error) + ").", error)
                : of(reason, error);
    }

    PostgresqlException of(Reason reason, Throwable cause) {
        return new PostgresqlException(reason, sentence(reason), cause);
    }

    /** Whether a transaction that failed like this is surely taken back and may work when it is done anew. */
    static boolean passes(SQLException error) {
        return switch (reason(error)) {
            case UNREACHABLE, READ_ONLY, CONFLICT -> true;
            default -> false;
        };
    }

    /** Whether a commit that failed like this is surely taken back; any other may have been stored. */
    static boolean isTakenBack(SQLException error) {
        String state = state(error);
        return (state.startsWith("40") && !state.equals("40003")) || state.startsWith("23") || state.startsWith("25");
    }

    static Reason reason(SQLException error) {
        String state = state(error);
        return switch (state) {
            case "40001", "40P01" -> Reason.CONFLICT;
            // The pool's own errors have no code: it closes a connection that was cut, also under way.
            case NONE, "57P01", "57P02", "57P03", "57P05", "53300" -> Reason.UNREACHABLE;
            case "25006" -> Reason.READ_ONLY;
            case "57014", "55P03" -> Reason.TIMED_OUT;
            case "53100" -> Reason.FULL;
            case "3D000", "3F000", "42501", "28000", "28P01" -> Reason.REFUSED;
            default -> state.startsWith("08") ? Reason.UNREACHABLE : Reason.OTHER;
        };
    }

    private static String state(SQLException error) {
        return error.getSQLState() == null ? NONE : error.getSQLState();
    }

    private String sentence(Reason reason) {
        String store = "The " + name;
        return switch (reason) {
            case UNREACHABLE ->
                store + " cannot be reached: the PostgreSQL server is away, starting, or has no connection left.";
            case READ_ONLY -> store + " can only be read at this moment: the PostgreSQL server is a standby.";
            case CONFLICT -> store + " was changed by others at the same moment, again and again.";
            case TIMED_OUT -> store + " took too long to answer and was not waited for any longer.";
            case UNKNOWN_OUTCOME ->
                store + " was cut off while it stored something; whether that is stored is not known.";
            case TOO_MUCH -> store + " is being asked too much at once.";
            case FULL -> "The disk that the " + name + " is on is full.";
            case GIVEN_UP -> store + " was not waited for any longer.";
            case REFUSED ->
                store + " refuses this service: the database, the account, its password or a right of it is missing.";
            case CLOSED -> store + " is closed.";
            case NOT_OURS, OTHER -> store + " could not be read or written.";
        };
    }
}
