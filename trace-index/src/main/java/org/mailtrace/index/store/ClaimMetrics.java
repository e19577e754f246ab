package org.mailtrace.index.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which parts this process has the right to read, and when it was last told so. A part appears once the process has asked
 * for it; there are as many as servers, and one for the log stream.
 */
final class ClaimMetrics {
    private static final double MILLIS = 1000.0;

    private final boolean shared;
    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<String, Optional<Instant>> confirmed = new ConcurrentHashMap<>();

    /** @param shared whether a right has to be renewed; that to a file lasts as long as the process */
    ClaimMetrics(boolean shared, MeterRegistry registry, Clock clock) {
        this.shared = shared;
        this.registry = registry;
        this.clock = clock;
    }

    /** Notes whether the part is ours at this moment. */
    void are(String part, boolean ours) {
        if (confirmed.put(part, ours ? Optional.of(clock.instant()) : Optional.empty()) == null) {
            register(part);
        }
    }

    private void register(String part) {
        Gauge.builder("mailtrace.claim.held", () -> confirmed.get(part).isPresent() ? 1 : 0)
                .description("Whether this process reads the part into the index")
                .tag("part", part)
                .register(registry);
        Gauge.builder("mailtrace.claim.age", () -> age(confirmed.get(part)))
                .baseUnit("seconds")
                .description("Since the reader was last told that it reads; not a number where another process does")
                .tag("part", part)
                .register(registry);
    }

    private double age(Optional<Instant> moment) {
        return moment.map(
                        told -> shared ? Duration.between(told, clock.instant()).toMillis() / MILLIS : 0)
                .orElse(Double.NaN);
    }
}
