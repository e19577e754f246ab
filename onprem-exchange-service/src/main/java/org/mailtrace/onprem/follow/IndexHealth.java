package org.mailtrace.onprem.follow;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mailtrace.index.TraceIndex;

/**
 * Names what is wrong with the index. It stays up all the same: what was indexed can still be searched while the disk is
 * full, and every answer says what was not read; taken out of service, it could say neither. Not ready only while the index
 * is a newer Mailtrace's: it belongs to the replicas of that version, which are asked instead.
 */
@Readiness
@ApplicationScoped
class IndexHealth implements HealthCheck {
    private final TraceIndex index;

    IndexHealth(TraceIndex index) {
        this.index = index;
    }

    @Override
    public HealthCheckResponse call() {
        Optional<String> refusal = index.refusal();
        Optional<String> trouble = refusal.or(index::trouble);
        return HealthCheckResponse.named("Index of the tracking logs")
                .status(refusal.isEmpty())
                .withData("state", state(refusal, trouble))
                .withData("reason", trouble.orElse("Nothing is wrong."))
                .build();
    }

    private static String state(Optional<String> refusal, Optional<String> trouble) {
        if (refusal.isPresent()) {
            return "REFUSED";
        }
        return trouble.isEmpty() ? "WRITABLE" : "DEGRADED";
    }
}
