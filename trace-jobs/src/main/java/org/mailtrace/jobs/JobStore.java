package org.mailtrace.jobs;

import java.time.Duration;

/** Where a service keeps its jobs and what it spent: one place for all of its processes. Safe for many threads. */
public interface JobStore extends AutoCloseable {
    /** The jobs in this store; closing them closes the store. */
    Jobs jobs();

    /**
     * A budget in this store. Whoever opens one of the same name, in any process, spends from the same.
     *
     * @param requests how many may be taken in a window, at least one
     * @param window the rolling window, longer than nothing
     */
    SharedBudget budget(String name, int requests, Duration window);

    /** Waits for what is under way; whoever comes later gets a {@link JobsException}. */
    @Override
    void close();
}
