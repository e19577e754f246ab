package org.mailtrace.index.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.packing.SubjectText;
import org.mailtrace.sqlite.SqliteFile;
import org.sqlite.SQLiteConfig;

/**
 * The tables. One row per message with what it is found by; its log rows stand beside it, pressed together, because rows
 * of one message say nearly the same. Addresses are kept once and domains with them as {@code @domain}; ids, which hardly
 * repeat, are kept as digests. Subjects have a trigram index that only narrows: the text itself decides.
 *
 * <p>A message carries its own terms and ids, so that it can be moved and removed without searching for them.
 */
final class Schema {
    /** Version of the tables; a file with another one is refused, never guessed at. */
    static final int VERSION = 2;

    /** Larger than SQLite's own: several messages' rows then fit on a page. */
    static final int PAGE_SIZE = 8192;

    /** Marks the file as ours ("MTIX"), so that another program's database is not written into. */
    static final int APPLICATION_ID = 0x4D544958;

    /**
     * When records were set aside, in milliseconds. It came later than the others and stands beside them, so that a file
     * without it need not be refused, and a program that does not know it can go on with the file.
     */
    private static final String AGES = "CREATE TABLE dead_letter_age(id INTEGER PRIMARY KEY, at INTEGER NOT NULL)";

    private static final String SAMPLE = "sample";

    /** Set once the trigrams are those of folded subjects; an earlier program left the folding to SQLite. */
    private static final String FOLDED = "subjects-are-folded";

    private static final List<String> TABLES = List.of(
            "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
            """
            CREATE TABLE message(id INTEGER PRIMARY KEY, first_seen INTEGER NOT NULL, last_seen INTEGER NOT NULL,
                flags INTEGER NOT NULL, grp TEXT NOT NULL UNIQUE, subject TEXT, ids BLOB NOT NULL, terms BLOB NOT NULL)""",
            "CREATE INDEX message_age ON message(last_seen)",
            "CREATE TABLE block(id INTEGER PRIMARY KEY, data BLOB NOT NULL)",
            "CREATE TABLE identity(value BLOB NOT NULL, message INTEGER NOT NULL, PRIMARY KEY(value, message)) WITHOUT ROWID",
            "CREATE TABLE word(id INTEGER PRIMARY KEY, value TEXT NOT NULL UNIQUE)",
            """
            CREATE TABLE term(term INTEGER NOT NULL, first_seen INTEGER NOT NULL, message INTEGER NOT NULL,
                PRIMARY KEY(term, first_seen, message)) WITHOUT ROWID""",
            "CREATE TABLE span(id INTEGER PRIMARY KEY, oldest INTEGER NOT NULL, newest INTEGER NOT NULL)",
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

    /** Chooses the page size of an empty file, which can be done only before anything else is, and marks it as ours. */
    static void layOut(Path file) throws SQLException {
        try (Connection connection = SqliteFile.open(new SQLiteConfig(), file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + PAGE_SIZE);
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA journal_mode = WAL");
        }
    }

    /** Makes the tables in an empty file, or checks that they are the ones this program knows. */
    static void prepare(Connection connection, String sample) throws SQLException {
        int version = pragma(connection, "user_version");
        boolean ours = pragma(connection, "application_id") == APPLICATION_ID;
        if (version == VERSION && ours) {
            addAges(connection);
            foldSubjects(connection);
            return;
        }
        if (version > VERSION && ours) {
            throw new IndexException("it was written by a newer Mailtrace (schema " + version + ", this program knows "
                    + VERSION + "); use that version, or another file");
        }
        if (version > 0 && ours) {
            throw new IndexException("it was written by an older Mailtrace (schema " + version + ", this program knows "
                    + VERSION + "); move it away, and it is built anew from the logs");
        }
        if (version != 0 || pragma(connection, "schema_version") != 0) {
            throw new IndexException("it is a database of another program");
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                statement.execute(table);
            }
            statement.execute(AGES);
            keep(connection, SAMPLE, sample);
            keep(connection, FOLDED, FOLDED);
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            statement.execute("PRAGMA user_version = " + VERSION);
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** What was set aside before ages were kept is as old as this moment. */
    private static void addAges(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows =
                    statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'dead_letter_age'")) {
                if (rows.next()) {
                    return;
                }
            }
            connection.setAutoCommit(false);
            statement.execute(AGES.replace("TABLE ", "TABLE IF NOT EXISTS "));
            statement.execute("INSERT OR IGNORE INTO dead_letter_age SELECT id, " + System.currentTimeMillis()
                    + " FROM dead_letter");
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Letters outside ASCII are small ones to SQLite in other cases than they are to us. */
    private static void foldSubjects(Connection connection) throws SQLException {
        if (!setting(connection, FOLDED).isEmpty()) {
            return;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement();
                PreparedStatement put =
                        connection.prepareStatement("INSERT OR REPLACE INTO subject_text(rowid, text) VALUES(?, ?)");
                ResultSet rows = statement.executeQuery(
                        "SELECT id, subject FROM message WHERE subject GLOB '*[^' || char(1) || '-~]*'")) {
            while (rows.next()) {
                put.setLong(1, rows.getLong(1));
                put.setString(2, SubjectText.fold(rows.getString(2)));
                put.executeUpdate();
            }
            keep(connection, FOLDED, FOLDED);
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void keep(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement setting = connection.prepareStatement("INSERT OR IGNORE INTO setting VALUES(?, ?)")) {
            setting.setString(1, name);
            setting.setString(2, value);
            setting.executeUpdate();
        }
    }

    /** The sample that the bodies in this file are pressed against. */
    static String sample(Connection connection) throws SQLException {
        return setting(connection, SAMPLE);
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT value FROM setting WHERE name = ?")) {
            statement.setString(1, name);
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
