package org.mailtrace.jobs.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.sqlite.SqliteFile;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteOpenMode;

/** One connection, used by one thread at a time, each in a transaction of its own. After an error it is opened anew. */
final class Turns implements AutoCloseable {
    /** For how long other threads and other processes are waited for, both together. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path file;
    private final String begin;
    private final ReentrantLock turn = new ReentrantLock();
    private Optional<SQLiteConnection> connection = Optional.empty();
    private boolean closed;

    private Turns(Path file, String begin) {
        this.file = file;
        this.begin = begin;
    }

    /**
     * Whoever writes takes the right to at once: a transaction that first reads and then wants to write could find that
     * another process has written in between.
     */
    static Turns writing(Path file) {
        return new Turns(file, "BEGIN IMMEDIATE");
    }

    /** Readers see one moment of the file, and neither wait for writers nor hinder them. */
    static Turns reading(Path file) {
        return new Turns(file, "BEGIN");
    }

    /**
     * Does the work in a transaction, wholly or not at all.
     *
     * @throws JobsException if the store failed
     */
    <T> T take(Work<T> work) {
        Duration left = enter();
        try {
            if (closed) {
                throw new JobsException(Trouble.CLOSED);
            }
            return inTransaction(connection(left), work);
        } catch (SQLException e) {
            leave();
            throw Trouble.of(e);
        } finally {
            turn.unlock();
        }
    }

    /** Returns how much of the patience is left. */
    private Duration enter() {
        long begun = System.nanoTime();
        try {
            if (!turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new JobsException(Trouble.TOO_MUCH);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new JobsException(Trouble.GIVEN_UP, e);
        }
        return PATIENCE.minusNanos(System.nanoTime() - begun);
    }

    private <T> T inTransaction(SQLiteConnection open, Work<T> work) throws SQLException {
        boolean done = false;
        execute(open, begin);
        try {
            T result = work.on(open);
            execute(open, "COMMIT");
            done = true;
            return result;
        } finally {
            if (!done) {
                takeBack(open);
            }
        }
    }

    /** SQLite takes some transactions back by itself, so that this may fail; a new connection is in none. */
    private void takeBack(SQLiteConnection open) {
        try {
            execute(open, "ROLLBACK");
        } catch (SQLException e) {
            leave();
        }
    }

    private SQLiteConnection connection(Duration patience) throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(connect(file));
        }
        SQLiteConnection open = connection.orElseThrow();
        open.setBusyTimeout((int) Math.max(1, patience.toMillis()));
        return open;
    }

    /** Never makes a file: one that was taken away must not be mistaken for one in which nothing was counted yet. */
    static SQLiteConnection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout((int) PATIENCE.toMillis());
        config.setGetGeneratedKeys(false);
        SQLiteConnection opened = SqliteFile.open(config, file);
        // What is deleted is overwritten: findings say who wrote to whom.
        execute(opened, "PRAGMA secure_delete = ON");
        return opened;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void leave() {
        Optional<SQLiteConnection> open = connection;
        connection = Optional.empty();
        try {
            if (open.isPresent()) {
                open.orElseThrow().close();
            }
        } catch (SQLException e) {
            System.getLogger(Turns.class.getName())
                    .log(System.Logger.Level.DEBUG, "a connection of the job store could not be closed", e);
        }
    }

    /** Waits for whoever has the turn. */
    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            leave();
        } finally {
            turn.unlock();
        }
    }

    /** Work in a transaction. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
