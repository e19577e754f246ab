package org.mailtrace.jobs.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.sqlite.SqliteErrors;

/** The file before it is used: made when absent, looked through, and refused with one sentence. */
final class StoreFile {
    /** Larger files are not looked through at the start; damage shows where it is read. */
    private static final long CHECKED_UP_TO = 256L * 1024 * 1024;

    private static final long PAUSE_MILLIS = 20;

    private StoreFile() {}

    /**
     * Makes the file usable.
     *
     * @throws JobsException with one sentence if it cannot be used
     */
    static void prepare(Path file) {
        try {
            createPrivately(file);
            prepareInTurn(file);
        } catch (JobsException e) {
            throw new JobsException("The job store " + file + " cannot be used: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw new JobsException("The job store " + file + " cannot be opened for writing.", e);
        } catch (SQLException e) {
            throw new JobsException("The job store " + file + " cannot be used: " + reason(e) + ".", e);
        }
    }

    /**
     * While another process makes the same file or recovers it after a kill, SQLite refuses some steps at once instead of
     * waiting.
     */
    private static void prepareInTurn(Path file) throws SQLException {
        long end = System.nanoTime() + Turns.PATIENCE.toNanos();
        while (true) {
            try (Connection connection = Turns.connect(file)) {
                Schema.prepare(connection);
                check(file, connection);
                return;
            } catch (SQLException e) {
                if (!Trouble.isBusy(e) || System.nanoTime() > end) {
                    throw e;
                }
                waitALittle();
            }
        }
    }

    private static void waitALittle() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobsException("the start was given up", e);
        }
    }

    private static void check(Path file, Connection connection) throws SQLException {
        if (file.toFile().length() > CHECKED_UP_TO) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA quick_check(1)")) {
            if (!rows.next() || !rows.getString(1).equals("ok")) {
                throw new JobsException(DAMAGED);
            }
        }
    }

    private static final String DAMAGED =
            "it is damaged; stop every process that uses it, and put a back-up in its place or move it away";

    private static String reason(SQLException error) {
        if (Trouble.isNoDatabase(error)) {
            return "it is not a database";
        }
        if (SqliteErrors.isDamage(error)) {
            return DAMAGED;
        }
        if (Trouble.isBusy(error)) {
            return "another program holds it";
        }
        return Trouble.isReadOnly(error) ? "it may not be written to" : "it cannot be opened for writing";
    }

    /** The file holds who wrote to whom: only the service's own account may read it. */
    private static void createPrivately(Path file) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try {
            Files.createFile(file, ownerOnly(file));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file)) {
                throw e;
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
