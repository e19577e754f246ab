package org.mailtrace.exo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.exo.quota.Priority;
import org.mailtrace.exo.quota.RequestBudget;

/** A budget without an end that keeps the pauses it is told. */
final class OpenBudget implements RequestBudget {
    static final Duration UNNAMED = Duration.ofSeconds(61);

    private final Clock clock;
    private final List<Duration> pauses = new ArrayList<>();
    private Instant pausedUntil = Instant.MIN;

    OpenBudget(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Duration> take(Priority priority) {
        Duration left =
                clock.instant().isBefore(pausedUntil) ? Duration.between(clock.instant(), pausedUntil) : Duration.ZERO;
        return left.isPositive() ? Optional.of(left) : Optional.empty();
    }

    @Override
    public synchronized int remaining() {
        return 1000;
    }

    @Override
    public synchronized Duration pause(Optional<Duration> pause) {
        Duration length = pause.orElse(UNNAMED);
        pauses.add(length);
        pausedUntil = clock.instant().plus(length);
        return length;
    }

    synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
