package org.mailtrace.jobs.sqlite;

import java.sql.SQLException;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.sqlite.SqliteErrors;
import org.sqlite.SQLiteErrorCode;

/** What is said about an error of the store. */
final class Trouble {
    static final String DAMAGED =
            "The job store is damaged; stop every process that uses it, and put a back-up in its place or move it away.";
    static final String CLOSED = "The job store is closed.";
    static final String TOO_MUCH = "The job store is being asked too much at once.";
    static final String GIVEN_UP = "The job store was not waited for any longer.";

    private Trouble() {}

    static JobsException of(SQLException error) {
        return new JobsException(sentence(error), error);
    }

    static boolean isBusy(SQLException error) {
        return SqliteErrors.is(error, SQLiteErrorCode.SQLITE_BUSY);
    }

    static boolean isNoDatabase(SQLException error) {
        return SqliteErrors.is(error, SQLiteErrorCode.SQLITE_NOTADB);
    }

    static boolean isReadOnly(SQLException error) {
        return SqliteErrors.is(error, SQLiteErrorCode.SQLITE_READONLY);
    }

    private static String sentence(SQLException error) {
        if (SqliteErrors.isDamage(error)) {
            return DAMAGED;
        }
        if (SqliteErrors.is(error, SQLiteErrorCode.SQLITE_FULL)) {
            return "The disk that the job store is on is full.";
        }
        if (isReadOnly(error)) {
            return "The job store may not be written to.";
        }
        if (isBusy(error)) {
            return "Another program holds the job store.";
        }
        return "The job store could not be read or written.";
    }
}
