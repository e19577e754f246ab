package org.mailtrace.jobs.store;

import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.mailtrace.jobs.JobStore;

/**
 * Not ready while the store is a newer Mailtrace's: it belongs to the replicas of that version, which are asked instead. A
 * store that is away for now leaves the service ready, because questions do without it.
 */
public final class StoreHealth implements HealthCheck {
    private final JobStore store;
    private final String name;

    /** @param name what the store is kept for, as whoever reads the check knows it */
    public StoreHealth(JobStore store, String name) {
        this.store = store;
        this.name = name;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> refusal = store.refusal();
        return HealthCheckResponse.named(name)
                .status(refusal.isEmpty())
                .withData("reason", refusal.orElse("Nothing is wrong."))
                .build();
    }
}
