package org.mailtrace.gateway.store;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mailtrace.jobs.JobStore;

/**
 * Not ready while the store is a newer Mailtrace's: it belongs to the replicas of that version, which are asked instead. A
 * store that is away for now leaves the service ready, because questions do without it.
 */
@Readiness
@ApplicationScoped
class StoreHealth implements HealthCheck {
    private final JobStore store;

    StoreHealth(JobStore store) {
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> refusal = store.refusal();
        return HealthCheckResponse.named("Store of reports and call-backs")
                .status(refusal.isEmpty())
                .withData("reason", refusal.orElse("Nothing is wrong."))
                .build();
    }
}
