package org.mailtrace.jobs;

import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.Optional;

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

    /**
     * Why the store refuses this program, in one sentence that says what to do; empty while it does not, also when it is
     * away. A store that refuses at once ends the start instead.
     */
    default Optional<String> refusal() {
        return Optional.empty();
    }

    /** How its connections to a database are used, for whoever has a registry to show that in; nothing of a file. */
    default MeterBinder meters() {
        return registry -> {};
    }

    /** Waits for what is under way; whoever comes later gets a {@link JobsException}. */
    @Override
    void close();
}
