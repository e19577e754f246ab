package org.mailtrace.jobs.postgresql;

import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.SharedBudget;
import org.mailtrace.jobs.sql.Allowance;
import org.mailtrace.jobs.sql.Millis;
import org.mailtrace.postgresql.Database;
import org.mailtrace.postgresql.PostgresqlException;
import org.mailtrace.postgresql.PostgresqlSettings;
import org.mailtrace.postgresql.Work;

/**
 * Jobs and budgets in one schema of a PostgreSQL database, shared by all replicas of a service. What was committed
 * survives as the server is set up to keep it ({@code synchronous_commit}, synchronous standbys). Safe for many threads.
 */
public final class PostgresqlStore implements JobStore {
    private static final String NAME = "job store";

    private final Database database;
    private final Moments moments;
    private final Clock here;

    private PostgresqlStore(PostgresqlSettings settings, Moments moments, Clock here) {
        this.database = asked(() -> Database.open(NAME, settings, Schema.MIGRATIONS));
        this.moments = moments;
        this.here = here;
    }

    /**
     * Opens the store and makes or renews its tables. A server that is away for now does not matter yet.
     *
     * @throws JobsException with one sentence if the database refuses this program
     */
    public static PostgresqlStore open(PostgresqlSettings settings) {
        return new PostgresqlStore(settings, Moments.OF_DATABASE, Clock.systemUTC());
    }

    /** As {@link #open(PostgresqlSettings)}, in a process whose own clock is another. */
    static PostgresqlStore openWhere(PostgresqlSettings settings, Clock here) {
        return new PostgresqlStore(settings, Moments.OF_DATABASE, here);
    }

    /** As {@link #open(PostgresqlSettings)}, with another clock than the database's. */
    static PostgresqlStore open(PostgresqlSettings settings, Clock clock) {
        return new PostgresqlStore(settings, connection -> clock.instant(), clock);
    }

    @Override
    public Jobs jobs() {
        return new PostgresqlJobs(this);
    }

    @Override
    public SharedBudget budget(String name, int requests, Duration window) {
        return new PostgresqlBudget(this, new Allowance(name, requests, Millis.of(window)));
    }

    @Override
    public Optional<String> refusal() {
        return database.refusal();
    }

    @Override
    public MeterBinder meters() {
        return database.meters("jobs");
    }

    Instant now(Connection connection) throws SQLException {
        return moments.now(connection);
    }

    /** What this process takes for now: only good for telling how far away a moment is that it was given. */
    Instant here() {
        return here.instant();
    }

    /** For whatever decides or changes, and is none the worse for being done twice. */
    <T> T write(Work<T> work) {
        return asked(() -> database.writeRepeatably(work));
    }

    /** For whatever decides or changes, and has to know whether it may have been done already. */
    <T> T write(Change<T> change) {
        AtomicBoolean begun = new AtomicBoolean();
        return asked(() -> database.writeRepeatably(connection -> change.on(connection, begun.getAndSet(true))));
    }

    /** For whatever only looks. */
    <T> T read(Work<T> work) {
        return asked(() -> database.read(work));
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (PostgresqlException e) {
            throw new JobsException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        database.close();
    }

    /** A change that is begun anew after a cut connection. */
    @FunctionalInterface
    interface Change<T> {
        /** Does it. Where it is not the first time, the time before may have been stored. */
        T on(Connection connection, boolean again) throws SQLException;
    }
}
