package org.mailtrace.exo.store;

import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.store.ChosenStore;

/**
 * Opens the store when the service starts. A file that cannot be used, or a database that refuses the service, ends the
 * start with one sentence; a database that is away for now does not.
 */
@ApplicationScoped
class Wiring {
    @Produces
    @Singleton
    @Startup
    JobStore store(StoreSettings settings, Clock clock) {
        try {
            return ChosenStore.open(settings, StoreSettings.PREFIX, clock);
        } catch (JobsException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    void close(@Disposes JobStore store) {
        store.close();
    }

    @Produces
    @Singleton
    Jobs jobs(JobStore store) {
        return store.jobs();
    }
}
