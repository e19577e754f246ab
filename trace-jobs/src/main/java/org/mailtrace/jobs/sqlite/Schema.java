package org.mailtrace.jobs.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.mailtrace.jobs.JobsException;

/**
 * The tables. A job's {@code due_at} is when somebody may take it: for a queued one the moment before which nobody does,
 * for a running one the end of its lease; none when it is over. A group of findings keeps its earliest time with the sign
 * turned, so that pages, latest first and then by key, are one ascending walk along an index.
 */
final class Schema {
    /** Version of the tables; a file with another one is refused, never guessed at. */
    static final int VERSION = 1;

    /** Marks the file as ours ("MTJB"), so that another program's database is not written into. */
    static final int APPLICATION_ID = 0x4D544A42;

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE job(seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
                owner TEXT NOT NULL, idempotency_key TEXT, state TEXT NOT NULL, request TEXT NOT NULL,
                digest BLOB NOT NULL, checkpoint TEXT, progress TEXT NOT NULL, explanation TEXT,
                created_at INTEGER NOT NULL, not_before INTEGER NOT NULL, started_at INTEGER, finished_at INTEGER,
                expires_at INTEGER, keep_for INTEGER NOT NULL, due_at INTEGER, lease INTEGER NOT NULL, worker TEXT)
                STRICT""",
            "CREATE UNIQUE INDEX job_key ON job(owner, kind, idempotency_key) WHERE idempotency_key IS NOT NULL",
            "CREATE INDEX job_due ON job(due_at, seq) WHERE due_at IS NOT NULL",
            "CREATE INDEX job_unfinished ON job(kind, owner) WHERE due_at IS NOT NULL",
            "CREATE INDEX job_newest ON job(kind, seq)",
            "CREATE INDEX job_expiry ON job(expires_at) WHERE expires_at IS NOT NULL",
            """
            CREATE TABLE finding(id INTEGER PRIMARY KEY, job INTEGER NOT NULL, grp TEXT NOT NULL, key TEXT NOT NULL,
                at INTEGER NOT NULL, body TEXT NOT NULL) STRICT""",
            "CREATE UNIQUE INDEX finding_key ON finding(job, key)",
            "CREATE INDEX finding_member ON finding(job, grp, key, at)",
            """
            CREATE TABLE finding_group(job INTEGER NOT NULL, grp TEXT NOT NULL, minus_first_at INTEGER NOT NULL,
                PRIMARY KEY(job, grp)) STRICT, WITHOUT ROWID""",
            "CREATE INDEX finding_group_order ON finding_group(job, minus_first_at, grp)",
            "CREATE TABLE spent(name TEXT NOT NULL, at INTEGER NOT NULL, requests INTEGER NOT NULL) STRICT",
            "CREATE INDEX spent_at ON spent(name, at)",
            """
            CREATE TABLE pause(name TEXT PRIMARY KEY, since INTEGER NOT NULL, until INTEGER NOT NULL)
                STRICT, WITHOUT ROWID""");

    private Schema() {}

    /**
     * Makes the tables in an empty file, or checks that they are the ones this program knows. Nothing is written into a
     * file that is not ours. Several processes may do this at once.
     */
    static void prepare(Connection connection) throws SQLException {
        if (isEmpty(connection)) {
            // Kept by the file; only an empty one is turned, because another program's must stay as it is.
            Turns.execute(connection, "PRAGMA journal_mode = WAL");
        }
        Turns.execute(connection, "BEGIN IMMEDIATE");
        try {
            if (isEmpty(connection)) {
                for (String table : TABLES) {
                    Turns.execute(connection, table);
                }
                Turns.execute(connection, "PRAGMA application_id = " + APPLICATION_ID);
                Turns.execute(connection, "PRAGMA user_version = " + VERSION);
            }
            refuseUnknown(pragma(connection, "application_id"), pragma(connection, "user_version"));
            Turns.execute(connection, "COMMIT");
        } catch (JobsException e) {
            Turns.execute(connection, "ROLLBACK");
            throw e;
        }
    }

    private static void refuseUnknown(int application, int version) {
        if (application != APPLICATION_ID) {
            throw new JobsException("it is a database of another program");
        }
        if (version > VERSION) {
            throw new JobsException("it was written by a newer Mailtrace (schema " + version + ", this program knows "
                    + VERSION + "); use that version, or another file");
        }
        if (version < VERSION) {
            throw new JobsException("it was written by an older Mailtrace (schema " + version + ", this program knows "
                    + VERSION + "); use another file");
        }
    }

    private static boolean isEmpty(Connection connection) throws SQLException {
        return pragma(connection, "schema_version") == 0
                && pragma(connection, "user_version") == 0
                && pragma(connection, "application_id") == 0;
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
