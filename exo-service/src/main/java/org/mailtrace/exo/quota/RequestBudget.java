package org.mailtrace.exo.quota;

import java.time.Duration;
import java.util.Optional;

/** How many requests may still be sent. A port: this storey counts in memory, a shared store can take its place. */
public interface RequestBudget {
    /** Takes one request from the budget, or says how long there will be none. Never waits. */
    Optional<Duration> take(Priority priority);

    /** How many requests are left at this moment. */
    int remaining();

    /**
     * The vendor says that the tenant's quota is spent, whoever spent it: nothing is sent for a while.
     *
     * @param pause as the vendor named it; without it, until our own oldest request leaves the window
     * @return how long the pause is
     */
    Duration pause(Optional<Duration> pause);
}
