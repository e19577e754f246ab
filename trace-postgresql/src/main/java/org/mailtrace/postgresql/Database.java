package org.mailtrace.postgresql;

import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.mailtrace.postgresql.PostgresqlException.Reason;

/**
 * Transactions on one PostgreSQL schema. What fails for a reason that passes, and surely left nothing behind, is done
 * again as long as the patience lasts: a lost connection, a server that restarts, a conflict. Safe for many threads.
 *
 * <p>The tables are made when the server is first reached. A server that is away when the service starts does not keep
 * the service from starting.
 */
public final class Database implements AutoCloseable {
    private final Trouble trouble;
    private final Tables tables;
    private final AgroalDataSource pool;
    private final Duration patience;
    private final int size;
    private final LongAdder timeouts = new LongAdder();
    private volatile boolean prepared;
    private volatile Optional<String> refusal = Optional.empty();
    private volatile boolean closed;

    private Database(String name, PostgresqlSettings settings, Migrations migrations) {
        this.trouble = new Trouble(name);
        this.tables = new Tables(name, settings.schema(), migrations);
        this.pool = Pool.of(settings);
        this.patience = settings.patience();
        this.size = settings.poolSize();
    }

    /**
     * Opens a schema and brings its tables to the version that this program knows.
     *
     * @param name what sentences call it, such as "job store"
     * @throws PostgresqlException with one sentence if it refuses this program; not if it is away for now
     */
    public static Database open(String name, PostgresqlSettings settings, Migrations migrations) {
        Database database = new Database(name, settings, migrations);
        try {
            database.prepare(new Tries(database.trouble, database.patience));
        } catch (PostgresqlException e) {
            if (!e.mayPass()) {
                database.close();
                throw e;
            }
            System.getLogger(Database.class.getName())
                    .log(System.Logger.Level.WARNING, "started without its store reason=" + e.getMessage());
        }
        return database;
    }

    /**
     * For whatever changes something. Where a commit's outcome stays unknown, it ends with
     * {@link Reason#UNKNOWN_OUTCOME}.
     *
     * @throws PostgresqlException if the database failed
     */
    public <T> T write(Work<T> work) {
        return run(work, "", false, patience);
    }

    /**
     * For whatever changes something and may be done twice with the same result: it is done again also where a commit's
     * outcome is unknown.
     *
     * @throws PostgresqlException if the database failed; then it may have been done
     */
    public <T> T writeRepeatably(Work<T> work) {
        return run(work, "", true, patience);
    }

    /**
     * For whatever only looks; all of it sees one moment.
     *
     * @throws PostgresqlException if the database failed
     */
    public <T> T read(Work<T> work) {
        return run(work, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", true, patience);
    }

    /**
     * As {@link #read(Work)}, given up after a time.
     *
     * @param within longer than nothing; each statement and the waiting for a connection may take so long
     * @throws PostgresqlException if the database failed
     */
    public <T> T read(Duration within, Work<T> work) {
        return run(
                work,
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY; SET LOCAL statement_timeout = "
                        + Math.max(1, within.toMillis()),
                true,
                within.compareTo(patience) < 0 ? within : patience);
    }

    private <T> T run(Work<T> work, String begin, boolean repeatable, Duration within) {
        Tries tries = new Tries(trouble, within);
        try {
            prepare(tries);
        } catch (PostgresqlException e) {
            refused(e);
            throw e;
        }
        return run(work, begin, repeatable, tries);
    }

    private <T> T run(Work<T> work, String begin, boolean repeatable, Tries tries) {
        while (true) {
            try {
                return once(work, begin);
            } catch (CommitException e) {
                if (!Trouble.isTakenBack(e.cause())) {
                    tries.outcomeIsUnknown(repeatable, e.cause());
                }
                again(tries, e.cause());
            } catch (SQLException e) {
                again(tries, e);
            }
        }
    }

    private void again(Tries tries, SQLException error) {
        if (Trouble.reason(error) == Reason.UNREACHABLE || Trouble.reason(error) == Reason.READ_ONLY) {
            // The others that wait in the pool are most likely cut as well.
            pool.flush(AgroalDataSource.FlushMode.IDLE);
        }
        tries.failed(error);
    }

    /**
     * Why the tables may not be used, in one sentence, where a newer Mailtrace has made them while this service waited for
     * its database. It ends when they may be used again.
     */
    public Optional<String> refusal() {
        return refusal;
    }

    /**
     * How its connections are used, for whoever has a registry to show that in.
     *
     * @param pool what no other pool of the process is called
     */
    public MeterBinder meters(String pool) {
        return new PoolMeters(pool, this.pool, timeouts);
    }

    private void prepare(Tries tries) {
        if (!prepared) {
            run(tables::prepare, "", true, tries);
            prepared = true;
            refusal = Optional.empty();
        }
    }

    private void refused(PostgresqlException e) {
        if (e.reason() == Reason.NOT_OURS && refusal.isEmpty()) {
            refusal = Optional.of(e.getMessage());
            System.getLogger(Database.class.getName()).log(System.Logger.Level.ERROR, e.getMessage());
        }
    }

    private <T> T once(Work<T> work, String begin) throws SQLException {
        Connection connection = connection();
        boolean done = false;
        try {
            if (!begin.isEmpty()) {
                execute(connection, begin);
            }
            T result = work.on(connection);
            done = true;
            commit(connection);
            return result;
        } finally {
            if (!done) {
                quietly(connection::rollback);
            }
            quietly(connection::close);
        }
    }

    private Connection connection() throws SQLException {
        if (closed) {
            throw trouble.of(Reason.CLOSED, null);
        }
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            // The pool's own errors have no code.
            if (e.getSQLState() == null) {
                Reason reason = whyNone();
                if (reason != Reason.CLOSED && !Thread.currentThread().isInterrupted()) {
                    timeouts.increment();
                }
                throw trouble.of(reason, e);
            }
            throw e;
        }
    }

    /** A connection that is being opened for ever is none of those in use. */
    private Reason whyNone() {
        if (closed) {
            return Reason.CLOSED;
        }
        return pool.getMetrics().activeCount() < size ? Reason.UNREACHABLE : Reason.TOO_MUCH;
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new CommitException(e);
        }
    }

    /**
     * A connection that was cut cannot take anything back, and the server has done so by itself. One that cannot be given
     * back is closed by the pool, and what was committed before stays so.
     */
    private static void quietly(Ending ending) {
        try {
            ending.run();
        } catch (SQLException e) {
            System.getLogger(Database.class.getName())
                    .log(System.Logger.Level.DEBUG, "a connection could not be ended in order", e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whoever comes later gets a {@link PostgresqlException}. */
    @Override
    public void close() {
        closed = true;
        pool.close();
    }

    /** An end of a transaction or of the use of a connection. */
    @FunctionalInterface
    private interface Ending {
        void run() throws SQLException;
    }
}
