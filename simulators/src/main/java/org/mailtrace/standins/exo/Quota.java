package org.mailtrace.standins.exo;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.mailtrace.standins.StandInsConfig;

/** The tenant's running window of requests. */
@ApplicationScoped
class Quota {
    private final int limit;
    private final Duration window;
    private final Clock clock;
    private final Deque<Instant> spent = new ArrayDeque<>();

    Quota(StandInsConfig config, Clock clock) {
        this.limit = config.exchangeOnline().quota();
        this.window = config.exchangeOnline().quotaWindow();
        this.clock = clock;
    }

    /** Counts one request, or refuses it. */
    synchronized void spend() {
        if (limit == 0) {
            return;
        }
        Instant now = clock.instant();
        while (!spent.isEmpty() && !spent.peekFirst().plus(window).isAfter(now)) {
            spent.removeFirst();
        }
        if (spent.size() >= limit) {
            Duration wait = Duration.between(now, spent.peekFirst().plus(window));
            throw new QuotaSpentException(Math.max(1, wait.toSeconds()));
        }
        spent.addLast(now);
    }
}
