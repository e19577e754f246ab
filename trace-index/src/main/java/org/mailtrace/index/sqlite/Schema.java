package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.mailtrace.index.IndexException;

/**
 * The tables. One row per message, its log rows clustered behind it, and the words it is found by beside it. Addresses
 * are kept once; ids, which hardly repeat, are kept in place. Subjects have a trigram index that only narrows: the text
 * itself decides.
 */
final class Schema {
    /** Version of the tables; a file with a newer one is refused, never guessed at. */
    static final int VERSION = 1;

    /** Marks the file as ours ("MTIX"), so that another program's database is not written into. */
    private static final int APPLICATION_ID = 0x4D544958;

    private static final String SAMPLE = "sample";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            """
            CREATE TABLE message(id INTEGER PRIMARY KEY, grp TEXT NOT NULL UNIQUE, first_seen INTEGER NOT NULL,
                last_seen INTEGER NOT NULL, noise INTEGER NOT NULL, sender_known INTEGER NOT NULL, subject TEXT)""",
            "CREATE INDEX message_time ON message(first_seen)",
            """
            CREATE TABLE log_row(message INTEGER NOT NULL, at INTEGER NOT NULL, key TEXT NOT NULL, part TEXT NOT NULL,
                noise INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY(message, at, key)) WITHOUT ROWID""",
            "CREATE TABLE identity(value TEXT NOT NULL, message INTEGER NOT NULL, PRIMARY KEY(value, message)) WITHOUT ROWID",
            "CREATE TABLE word(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, value TEXT NOT NULL, UNIQUE(kind, value))",
            """
            CREATE TABLE term(word INTEGER NOT NULL, first_seen INTEGER NOT NULL, message INTEGER NOT NULL,
                PRIMARY KEY(word, first_seen, message)) WITHOUT ROWID""",
            "CREATE INDEX term_message ON term(message)",
            """
            CREATE VIRTUAL TABLE subject_text USING fts5(text, content='', contentless_delete=1, tokenize='trigram',
                detail='none')""",
            """
            CREATE TABLE checkpoint(part TEXT NOT NULL, stream TEXT NOT NULL, position TEXT NOT NULL,
                PRIMARY KEY(part, stream)) WITHOUT ROWID""",
            """
            CREATE TABLE coverage(part TEXT NOT NULL, lane TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL,
                PRIMARY KEY(part, lane)) WITHOUT ROWID""",
            """
            CREATE TABLE dead_letter(id INTEGER PRIMARY KEY, part TEXT NOT NULL, stream TEXT NOT NULL,
                offset INTEGER NOT NULL, reason TEXT NOT NULL, excerpt TEXT NOT NULL,
                UNIQUE(part, stream, offset, excerpt))""");

    private Schema() {}

    /** Makes the tables in an empty file, or checks that they are the ones this program knows. */
    static void prepare(Connection connection, String sample) throws SQLException {
        int version = pragma(connection, "user_version");
        if (version == VERSION && pragma(connection, "application_id") == APPLICATION_ID) {
            return;
        }
        if (version > VERSION && pragma(connection, "application_id") == APPLICATION_ID) {
            throw new IndexException("it was written by a newer Mailtrace (schema " + version + ", this program knows "
                    + VERSION + "); use that version, or another file");
        }
        if (version != 0 || pragma(connection, "schema_version") != 0) {
            throw new IndexException("it is a database of another program");
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
            keep(connection, sample);
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + VERSION);
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void keep(Connection connection, String sample) throws SQLException {
        try (PreparedStatement setting = connection.prepareStatement("INSERT INTO setting VALUES(?, ?)")) {
            setting.setString(1, SAMPLE);
            setting.setString(2, sample);
            setting.executeUpdate();
        }
    }

    /** The sample that the bodies in this file are pressed against. */
    static String sample(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT value FROM setting WHERE name = ?")) {
            statement.setString(1, SAMPLE);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA " + name)) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
