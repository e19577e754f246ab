package org.mailtrace.gateway.store;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.sqlite.SqliteStore;

/** Opens the store when the service starts; a file that cannot be used ends the start with one sentence. */
@ApplicationScoped
class Wiring {
    @Produces
    @Singleton
    @Startup
    SqliteStore store(StoreSettings settings, Clock clock) {
        try {
            return SqliteStore.open(settings.file(), clock);
        } catch (JobsException e) {
            throw new ConfigurationException(e.getMessage() + " Check mailtrace.store.file.");
        }
    }

    void close(@Disposes SqliteStore store) {
        store.close();
    }

    @Produces
    @Singleton
    Jobs jobs(SqliteStore store) {
        return store.jobs();
    }
}
