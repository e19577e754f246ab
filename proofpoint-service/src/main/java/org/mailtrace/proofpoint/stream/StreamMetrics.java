package org.mailtrace.proofpoint.stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** How well each type is read, as metrics. A gauge has no value while nothing is known; ages grow while nothing comes. */
final class StreamMetrics {
    private static final String PREFIX = "mailtrace.proofpoint.stream.";
    private static final String TYPE = "type";
    private static final double MILLIS = 1000.0;

    private final MeterRegistry registry;
    private final Clock clock;

    StreamMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void watch(Following following) {
        count(following, "records", "records that were stored, also those that were there", Progress::records);
        count(following, "bytes", "bytes of all records that came", Progress::bytes);
        count(following, "dead.letters", "records that were set aside", Progress::setAside);
        count(following, "reconnects", "live connections that ended", Progress::reconnects);
        count(following, "refused.sessions", "HTTP 409: the token was in use", Progress::refusedAsTooMany);
        gauge(
                following,
                "largest",
                "bytes",
                "the largest record",
                each -> each.progress().largest());
        gauge(
                following,
                "lag",
                "seconds",
                "now minus the newest record",
                each -> age(each.progress().newest()));
        gauge(
                following,
                "heard.age",
                "seconds",
                "now minus the moment up to which everything is stored",
                each -> age(each.ledger().proven().until()));
        gauge(
                following,
                "archive.age",
                "seconds",
                "now minus the last hour that was read from the archive",
                each -> age(each.progress().lastArchiveRead()));
        gauge(
                following,
                "gaps",
                null,
                "stretches that may miss records and can still be filled",
                each -> missing(each, gap -> !gap.isLost()));
        gauge(
                following,
                "gaps.lost",
                null,
                "stretches that cannot be filled any more",
                each -> missing(each, Missing::isLost));
    }

    /** Not a number once another process may read: it fills and loses, and an old count beside its own would hide that. */
    private static double missing(Following following, Predicate<Missing> which) {
        return following.isOver()
                ? Double.NaN
                : following.ledger().proven().missing().stream().filter(which).count();
    }

    private void count(Following following, String name, String description, ToDoubleFunction<Progress> value) {
        forget(following, name);
        FunctionCounter.builder(PREFIX + name, following, each -> value.applyAsDouble(each.progress()))
                .description(description)
                .tag(TYPE, following.type().word())
                .register(registry);
    }

    private void gauge(
            Following following, String name, String unit, String description, ToDoubleFunction<Following> value) {
        forget(following, name);
        Gauge.builder(PREFIX + name, following, value)
                .description(description)
                .baseUnit(unit)
                .tag(TYPE, following.type().word())
                .strongReference(true)
                .register(registry);
    }

    /** Where reading was given up and begins again, the new one is measured and not the old one. */
    private void forget(Following following, String name) {
        registry.find(PREFIX + name).tag(TYPE, following.type().word()).meters().forEach(registry::remove);
    }

    private double age(Optional<Instant> moment) {
        return moment.map(instant ->
                        Math.max(0, Duration.between(instant, clock.instant()).toMillis()) / MILLIS)
                .orElse(Double.NaN);
    }
}
