package org.mailtrace.proofpoint.recorded;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.settings.ProofpointSettings;

/**
 * Not ready while the index is a newer Mailtrace's: it belongs to the replicas of that version, which are asked instead. An
 * index that is away for now, or cannot be written, leaves the service ready: every answer says what was not read.
 */
@Readiness
@ApplicationScoped
class IndexHealth implements HealthCheck {
    private final ProofpointSettings settings;
    private final Instance<TraceIndex> index;

    IndexHealth(ProofpointSettings settings, Instance<TraceIndex> index) {
        this.settings = settings;
        this.index = index;
    }

    @Override
    public HealthCheckResponse call() {
        return health(settings.ask().readsStream() ? index.get().refusal() : Optional.empty());
    }

    static HealthCheckResponse health(Optional<String> refusal) {
        return HealthCheckResponse.named("Index of the log stream")
                .status(refusal.isEmpty())
                .withData("reason", refusal.orElse("Nothing is wrong."))
                .build();
    }
}
