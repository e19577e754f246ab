package org.mailtrace.jobs;

import java.time.Duration;
import java.util.Optional;

/**
 * How many requests may be sent to somebody in a rolling window, counted for all processes of a service together and
 * over restarts. Never waits. Every method throws {@link JobsException} if the store failed: whoever cannot count must
 * not spend.
 */
public interface SharedBudget {
    /**
     * Takes requests from the budget, all or none.
     *
     * @param requests how many, at least one
     * @param reserve how many must be left afterwards for somebody more urgent
     * @return empty if they were taken; else how long it takes until they can be, if nobody else takes any
     */
    Optional<Duration> take(int requests, int reserve);

    /** How many requests are left at this moment; none during a pause. */
    int remaining();

    /**
     * The other side says that the budget is spent, whoever spent it: nothing may be taken for a while.
     *
     * @param pause as the other side named it; without it, until the oldest request leaves the window
     * @return how long the pause is
     */
    Duration pause(Optional<Duration> pause);
}
