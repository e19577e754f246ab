package org.mailtrace.exo.store;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;
import org.mailtrace.http.disk.FreeSpace;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.JobsException;
import org.mailtrace.jobs.store.ChosenStore;
import org.mailtrace.jobs.store.StoreHealth;
import org.mailtrace.postgresql.StoreKind;

/**
 * Opens the store when the service starts. A file that cannot be used, or a database that refuses the service, ends the
 * start with one sentence; a database that is away for now does not. Shows how the store is, how its connections are used, and
 * what is left on its disk.
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

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck health(JobStore store) {
        return new StoreHealth(store, "Store of reports and of what the quota leaves");
    }

    void show(@Observes StartupEvent start, StoreSettings settings, JobStore store, MeterRegistry registry) {
        store.meters().bindTo(registry);
        if (settings.kind() == StoreKind.SQLITE) {
            FreeSpace.showOf(registry, "store", settings.file());
        } else {
            FreeSpace.show(registry, "store", () -> Double.NaN);
        }
    }
}
