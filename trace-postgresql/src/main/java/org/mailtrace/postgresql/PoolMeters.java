package org.mailtrace.postgresql;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSourceMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/**
 * How the connections of one pool are used, by OpenTelemetry's names for
 * <a href="https://opentelemetry.io/docs/specs/semconv/db/database-metrics/">connection pools</a>. Of the names that are
 * in use they alone tell all of it: Micrometer's {@code jdbc.connections} knows nobody who waits, and Agroal's own, as
 * Quarkus shows them, neither how many connections there may be nor who waited in vain.
 *
 * <p>The pool and what is counted beside it have to live as long as they are shown: a registry holds on to neither.
 */
final class PoolMeters implements MeterBinder {
    private static final String PREFIX = "db.client.connection.";

    private final Tags pool;
    private final AgroalDataSource connections;
    private final LongAdder timeouts;

    /**
     * Of one pool.
     *
     * @param name what no other pool of the process is called
     * @param timeouts how often no connection came in time
     */
    PoolMeters(String name, AgroalDataSource connections, LongAdder timeouts) {
        this.pool = Tags.of(PREFIX + "pool.name", name);
        this.connections = connections;
        this.timeouts = timeouts;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        String count = "Connections that are open, by whether they are in use";
        gauge(registry, "count", state("used"), count, AgroalDataSourceMetrics::activeCount);
        // Both are counted one after the other, while connections come and go.
        gauge(registry, "count", state("idle"), count, metrics -> Math.max(0, metrics.availableCount()));
        gauge(
                registry,
                "pending_requests",
                pool,
                "Who waits because all are in use",
                AgroalDataSourceMetrics::awaitingCount);
        Gauge.builder(PREFIX + "max", connections, PoolMeters::most)
                .description("How many connections may be open at once")
                .tags(pool)
                .register(registry);
        FunctionCounter.builder(PREFIX + "timeouts", timeouts, LongAdder::sum)
                .description("How often no connection came in time")
                .tags(pool)
                .register(registry);
        FunctionTimer.builder(
                        PREFIX + "wait_time",
                        connections,
                        all -> all.getMetrics().acquireCount(),
                        all -> all.getMetrics().blockingTimeTotal().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("How long those who got a connection waited for it")
                .tags(pool)
                .register(registry);
    }

    private Tags state(String state) {
        return pool.and(PREFIX + "state", state);
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            Tags tags,
            String description,
            ToLongFunction<AgroalDataSourceMetrics> value) {
        Gauge.builder(PREFIX + name, connections, all -> value.applyAsLong(all.getMetrics()))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private static double most(AgroalDataSource connections) {
        return connections.getConfiguration().connectionPoolConfiguration().maxSize();
    }
}
