package org.mailtrace.index.store;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.mailtrace.index.IndexException;
import org.mailtrace.index.IndexSize;
import org.mailtrace.index.TraceIndex;

/** How large the store is, looked at when the metrics are read, but not more often than twice a minute. */
final class SizeMetrics {
    private static final Duration GOOD_FOR = Duration.ofSeconds(30);
    private static final double MILLIS = 1000.0;

    private final TraceIndex index;
    private final Clock clock;
    private Instant looked = Instant.MIN;
    private Optional<IndexSize> size = Optional.empty();

    SizeMetrics(TraceIndex index, Clock clock) {
        this.index = index;
        this.clock = clock;
    }

    void register(MeterRegistry registry) {
        gauge(registry, "mailtrace.index", "bytes", "What the index takes on disk", IndexSize::bytes);
        gauge(
                registry,
                "mailtrace.index.disk.free",
                "bytes",
                "What is left on its disk; not a number for a database",
                each -> each.free().stream()
                        .mapToDouble(bytes -> bytes)
                        .findFirst()
                        .orElse(Double.NaN));
        gauge(registry, "mailtrace.index.messages", null, "About how many messages it holds", IndexSize::messages);
        gauge(
                registry,
                "mailtrace.index.oldest.age",
                "seconds",
                "Now minus the last row of the message that has been quiet for longest",
                each -> each.oldest()
                        .map(moment -> Duration.between(moment, clock.instant()).toMillis() / MILLIS)
                        .orElse(Double.NaN));
    }

    private void gauge(
            MeterRegistry registry, String name, String unit, String description, ToDoubleFunction<IndexSize> value) {
        Gauge.builder(name, () -> now().map(value::applyAsDouble).orElse(Double.NaN))
                .baseUnit(unit)
                .description(description)
                .register(registry);
    }

    /** A store that fails must not stop the other metrics. */
    private synchronized Optional<IndexSize> now() {
        Instant now = clock.instant();
        if (looked.equals(Instant.MIN) || Duration.between(looked, now).abs().compareTo(GOOD_FOR) >= 0) {
            looked = now;
            try {
                size = Optional.of(index.size());
            } catch (IndexException e) {
                size = Optional.empty();
            }
        }
        return size;
    }
}
