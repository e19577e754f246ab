package org.mailtrace.exo.quota;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Counts this process's requests over a rolling window. */
@Startup
@ApplicationScoped
class RollingBudget implements RequestBudget {
    private final int allowed;
    private final int reserved;
    private final Duration window;
    private final Clock clock;
    private final Deque<Instant> sent = new ArrayDeque<>();
    private Instant pausedUntil = Instant.MIN;

    RollingBudget(QuotaSettings settings, Clock clock, MeterRegistry metrics) {
        this.allowed = settings.requests();
        this.reserved = settings.reservedForQuestions();
        this.window = settings.window();
        this.clock = clock;
        Gauge.builder("mailtrace.exo.requests.remaining", this, RollingBudget::remaining)
                .description("Requests to Microsoft Graph that the budget still allows")
                .register(metrics);
    }

    @Override
    public synchronized Optional<Duration> take(Priority priority) {
        Instant now = clock.instant();
        forgetBefore(now);
        if (now.isBefore(pausedUntil)) {
            return Optional.of(Duration.between(now, pausedUntil));
        }
        int mine = priority == Priority.REPORT ? allowed - reserved : allowed;
        if (sent.size() >= mine) {
            return Optional.of(
                    sent.isEmpty()
                            ? window
                            : Duration.between(now, sent.getFirst().plus(window)));
        }
        sent.addLast(now);
        return Optional.empty();
    }

    @Override
    public synchronized int remaining() {
        Instant now = clock.instant();
        forgetBefore(now);
        return now.isBefore(pausedUntil) ? 0 : allowed - sent.size();
    }

    @Override
    public synchronized Duration pause(Optional<Duration> pause) {
        Instant now = clock.instant();
        forgetBefore(now);
        Duration length = pause.orElseGet(() ->
                sent.isEmpty() ? window : Duration.between(now, sent.getFirst().plus(window)));
        Instant end = now.plus(length);
        pausedUntil = end.isAfter(pausedUntil) ? end : pausedUntil;
        return length;
    }

    private void forgetBefore(Instant now) {
        Instant start = now.minus(window);
        while (!sent.isEmpty() && !sent.getFirst().isAfter(start)) {
            sent.removeFirst();
        }
    }
}
