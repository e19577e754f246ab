package org.mailtrace.jobs.store;

import java.time.Clock;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.postgresql.PostgresqlStore;
import org.mailtrace.jobs.sqlite.SqliteStore;

/** Opens the store that was chosen. */
public final class ChosenStore {
    private ChosenStore() {}

    /**
     * Opens it. A database that is away for now does not hinder that.
     *
     * @param prefix of the settings
     * @param clock what time it is, where that is not the database's to say
     * @throws JobsException where a file cannot be used or a database refuses the service, with a sentence that says which
     *     setting to look at
     */
    public static JobStore open(JobStoreSettings settings, String prefix, Clock clock) {
        return switch (settings.kind()) {
            case SQLITE -> {
                try {
                    yield SqliteStore.open(settings.file(), clock);
                } catch (JobsException e) {
                    throw new JobsException(e.getMessage() + " Check " + prefix + ".file.", e);
                }
            }
            case POSTGRESQL -> {
                try {
                    yield PostgresqlStore.open(settings.postgresql());
                } catch (JobsException e) {
                    throw new JobsException(e.getMessage() + " Check " + prefix + ".postgresql.", e);
                }
            }
        };
    }
}
