package org.mailtrace.onprem.follow;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.mailtrace.index.TraceIndex;

/**
 * Names what is wrong with the index. It stays up all the same: what was indexed can still be searched while the disk is
 * full, and every answer says what was not read; taken out of service, it could say neither.
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
        Optional<String> trouble = index.trouble();
        return HealthCheckResponse.named("Index of the tracking logs")
                .up()
                .withData("state", trouble.isEmpty() ? "WRITABLE" : "DEGRADED")
                .withData("reason", trouble.orElse("Nothing is wrong."))
                .build();
    }
}
