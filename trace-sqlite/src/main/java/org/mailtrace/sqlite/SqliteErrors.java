package org.mailtrace.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What kind of error it was, as <a href="https://sqlite.org/rescode.html">SQLite's result codes</a> say. */
public final class SqliteErrors {
    /** Extended codes carry the plain one in their lowest byte. */
    private static final int PLAIN = 0xFF;

    private SqliteErrors() {}

    /** Whether it is that one, or one of its extended ones. */
    public static boolean is(SQLException error, SQLiteErrorCode code) {
        return (error.getErrorCode() & PLAIN) == code.code;
    }

    /** Whether the file is no database at all, or one that is broken. */
    public static boolean isDamage(SQLException error) {
        return is(error, SQLiteErrorCode.SQLITE_CORRUPT) || is(error, SQLiteErrorCode.SQLITE_NOTADB);
    }
}
