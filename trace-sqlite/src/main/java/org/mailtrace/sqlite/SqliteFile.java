package org.mailtrace.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/** A file of SQLite. */
public final class SqliteFile {
    private SqliteFile() {}

    /**
     * Opens it.
     *
     * @param config what holds for this connection
     * @param file where it is; whether it is made if it is missing is said by the config
     * @throws SQLException if it cannot be opened, or SQLite's library cannot be loaded
     */
    public static SQLiteConnection open(SQLiteConfig config, Path file) throws SQLException {
        SqliteLibrary.load();
        return (SQLiteConnection) config.createConnection("jdbc:sqlite:" + file);
    }
}
