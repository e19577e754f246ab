package org.mailtrace.index.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.mailtrace.sqlite.SqliteErrors;

/**
 * What is done about a damaged file. It is never repaired and never asked: it is set aside when the store is opened, and
 * its owner reads its logs again. Damage that shows while the store is open is marked beside the file for the next start.
 */
final class Damage {
    static final String SENTENCE =
            "The index is damaged. Restart the service: it then sets the file aside and reads the logs again.";

    private static final System.Logger LOG = System.getLogger(Damage.class.getName());
    private static final int PLACE_OF_APPLICATION_ID = 68;
    private static final List<String> BELONGING = List.of("", "-wal", "-shm");

    private Damage() {}

    /** Reads the whole structure of the file; takes about a second per GB that is in memory. */
    static boolean isFound(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            return !rows.next() || !rows.getString(1).equals("ok");
        } catch (SQLException e) {
            if (SqliteErrors.isDamage(e)) {
                return true;
            }
            throw e;
        }
    }

    /** Whether the file was written by this program, as far as its first page can be read at all. */
    static boolean isOurs(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            if (bytes.length() < PLACE_OF_APPLICATION_ID + Integer.BYTES) {
                return false;
            }
            bytes.seek(PLACE_OF_APPLICATION_ID);
            return bytes.readInt() == Schema.APPLICATION_ID;
        }
    }

    static boolean isMarked(Path file) {
        return Files.exists(mark(file));
    }

    static void mark(Path file, String reason) {
        LOG.log(Level.ERROR, "index is damaged, it is made anew at the next start: {0}", reason);
        try {
            Files.writeString(mark(file), reason + System.lineSeparator());
        } catch (IOException e) {
            LOG.log(Level.ERROR, "the damage could not be marked beside the index", e);
        }
    }

    /** Moves the file out of the way; an earlier damaged one makes room. */
    static void setAside(Path file) throws IOException {
        LOG.log(Level.ERROR, "index is damaged, it is set aside and made anew: {0}.damaged", file);
        for (String suffix : BELONGING) {
            Path each = file.resolveSibling(file.getFileName() + suffix);
            Path aside = file.resolveSibling(file.getFileName() + ".damaged" + suffix);
            Files.deleteIfExists(aside);
            if (Files.exists(each)) {
                Files.move(each, aside, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(mark(file));
    }

    /** A file that is made anew has nothing to do with the damage of the one before. */
    static void unmark(Path file) throws IOException {
        Files.deleteIfExists(mark(file));
    }

    private static Path mark(Path file) {
        return file.resolveSibling(file.getFileName() + ".is-damaged");
    }
}
