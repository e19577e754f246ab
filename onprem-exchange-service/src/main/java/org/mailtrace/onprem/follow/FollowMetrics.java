package org.mailtrace.onprem.follow;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How well each server is read, as metrics. A gauge has no value while nothing is known; ages grow while a directory is
 * away.
 */
final class FollowMetrics {
    private static final String PREFIX = "mailtrace.onprem.";
    private static final String SERVER = "server";

    private final MeterRegistry registry;
    private final Clock clock;

    FollowMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    void watch(String server, ServerFollower follower) {
        gauge(server, follower, "lag", "seconds", "now minus the newest row", state -> age(state.newest()));
        gauge(
                server,
                follower,
                "read.age",
                "seconds",
                "now minus the moment up to which all that was written is indexed",
                state -> age(state.readThrough()));
        gauge(
                server,
                follower,
                "unread",
                "bytes",
                "what stands in the files and is not indexed",
                state -> onceLooked(state, state.unreadBytes()));
        gauge(
                server,
                follower,
                "late",
                "seconds",
                "how late rows arrived of late, by their own time",
                state -> state.late().toSeconds());
        gauge(
                server,
                follower,
                "dead.letters",
                "",
                "records that were set aside",
                state -> state.setAside().isPresent() ? state.setAside().getAsLong() : Double.NaN);
        gauge(
                server,
                follower,
                "left.out",
                "files",
                "files that cannot be read",
                state -> onceLooked(state, state.leftOut().size()));
        gauge(
                server,
                follower,
                "missing",
                "files",
                "files that are missing in their series",
                state -> onceLooked(state, state.gaps().size()));
        FunctionCounter.builder(PREFIX + "rows", follower, each -> each.state().rows())
                .description("rows read since the service started")
                .tag(SERVER, server)
                .register(registry);
    }

    private void gauge(
            String server,
            ServerFollower follower,
            String name,
            String unit,
            String description,
            ToDoubleFunction<ServerState> value) {
        Gauge.builder(PREFIX + name, follower, each -> value.applyAsDouble(each.state()))
                .description(description)
                .baseUnit(unit.isEmpty() ? null : unit)
                .tag(SERVER, server)
                .register(registry);
    }

    /** Nothing that was found is nothing that is there only after a look. */
    private static double onceLooked(ServerState state, long found) {
        return found > 0 || state.lastSuccess().isPresent() ? found : Double.NaN;
    }

    private double age(Optional<Instant> moment) {
        return moment.map(instant ->
                        Math.max(0, Duration.between(instant, clock.instant()).toMillis()) / 1000.0)
                .orElse(Double.NaN);
    }
}
