package org.mailtrace.jobs.sqlite;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.SharedBudget;
import org.mailtrace.jobs.sql.Allowance;
import org.mailtrace.jobs.sql.Millis;

/**
 * Jobs and budgets in one SQLite file on a local disk, shared by all processes of a service on one machine. What was
 * committed survives power loss ({@code synchronous=FULL}). Safe for many threads.
 */
public final class SqliteStore implements JobStore {
    private final Turns writing;
    private final Turns reading;
    private final Clock clock;

    private SqliteStore(Path file, Clock clock) {
        this.writing = Turns.writing(file);
        this.reading = Turns.reading(file);
        this.clock = clock;
    }

    /**
     * Opens the store, making the file when there is none. A file that is damaged, not ours or of another version is
     * refused and left as it is.
     *
     * @param file on a local disk; its directory is made when absent
     * @param clock tells the time for leases, expiry and windows
     * @throws JobsException with one sentence if the file cannot be used
     */
    public static SqliteStore open(Path file, Clock clock) {
        Path absolute = file.toAbsolutePath();
        StoreFile.prepare(absolute);
        return new SqliteStore(absolute, clock);
    }

    @Override
    public Jobs jobs() {
        return new SqliteJobs(this, clock);
    }

    @Override
    public SharedBudget budget(String name, int requests, Duration window) {
        return new SqliteBudget(this, clock, new Allowance(name, requests, Millis.of(window)));
    }

    /** For whatever decides or changes; nobody else writes meanwhile, in whatever process. */
    <T> T write(Turns.Work<T> work) {
        return writing.take(work);
    }

    /** For whatever only looks. */
    <T> T read(Turns.Work<T> work) {
        return reading.take(work);
    }

    @Override
    public void close() {
        reading.close();
        writing.close();
    }
}
