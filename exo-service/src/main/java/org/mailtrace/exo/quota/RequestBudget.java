package org.mailtrace.exo.quota;

import java.time.Duration;
import java.util.Optional;

/**
 * How many requests may still be sent, counted for all processes of the service. Who cannot count must not spend: where
 * the store fails, asking for the budget ends as {@link org.mailtrace.contract.SourceState#FAILED}.
 */
public interface RequestBudget {
    /**
     * Takes one request from the budget, or says how long there will be none. Never waits for the quota.
     *
     * @throws org.mailtrace.http.guard.SourceFailure if it cannot be counted
     */
    Optional<Duration> take(Priority priority);

    /**
     * How many requests are left at this moment.
     *
     * @throws org.mailtrace.http.guard.SourceFailure if they cannot be counted
     */
    int remaining();

    /**
     * The vendor says that the tenant's quota is spent, whoever spent it: nothing is sent for a while.
     *
     * @param pause as the vendor named it; without it, until our own oldest request leaves the window
     * @return how long the pause is
     */
    Duration pause(Optional<Duration> pause);
}
