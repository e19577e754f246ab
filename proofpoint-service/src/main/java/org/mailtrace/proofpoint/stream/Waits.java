package org.mailtrace.proofpoint.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try: twice as long each time, up to a bound, and never in step with others. */
final class Waits {
    private static final int MOST_DOUBLINGS = 20;
    private static final double JITTER = 0.2;

    private final Duration first;
    private final Duration longest;
    private int tries;

    Waits(Duration first, Duration longest) {
        this.first = first;
        this.longest = longest;
    }

    /** The wait before the next try; the first time, the first one. */
    Duration next() {
        Duration doubled = first.multipliedBy(1L << Math.min(tries, MOST_DOUBLINGS));
        tries++;
        Duration bounded = doubled.compareTo(longest) < 0 ? doubled : longest;
        double part = 1 - ThreadLocalRandom.current().nextDouble() * JITTER;
        return Duration.ofMillis(Math.max(1, Math.round(bounded.toMillis() * part)));
    }

    /** The wait before the next try, and not less than what the vendor asks for. */
    Duration next(Optional<Duration> asked) {
        Duration own = next();
        return asked.filter(wait -> wait.compareTo(own) > 0).orElse(own);
    }

    /** Something worked. */
    void over() {
        tries = 0;
    }
}
