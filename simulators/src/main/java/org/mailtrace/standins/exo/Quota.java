package org.mailtrace.standins.exo;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.mailtrace.standins.StandInsConfig;

/** The tenant's running window of requests, one for all interfaces, lists and details alike. */
@ApplicationScoped
public class Quota {
    private final int limit;
    private final Duration window;
    private final boolean saysWhen;
    private final Clock clock;
    private final Deque<Instant> spent = new ArrayDeque<>();

    Quota(StandInsConfig config, Clock clock) {
        this.limit = config.exchangeOnline().quota();
        this.window = config.exchangeOnline().quotaWindow();
        this.saysWhen = config.exchangeOnline().retryAfter();
        this.clock = clock;
    }

    /**
     * Counts one request.
     *
     * @throws QuotaSpentException if there were too many
     */
    public synchronized void spend() {
        if (limit == 0) {
            return;
        }
        Instant now = clock.instant();
        while (!spent.isEmpty() && !spent.peekFirst().plus(window).isAfter(now)) {
            spent.removeFirst();
        }
        if (spent.size() >= limit) {
            long wait = Math.max(
                    1, Duration.between(now, spent.peekFirst().plus(window)).toSeconds());
            throw new QuotaSpentException(saysWhen ? Optional.of(wait) : Optional.empty());
        }
        spent.addLast(now);
    }
}
