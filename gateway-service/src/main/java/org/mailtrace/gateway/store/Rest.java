package org.mailtrace.gateway.store;

import java.time.Duration;

/** How work waits: until the time is over, or the service stops. */
public interface Rest {
    /** Waits so long; returns early when the service stops. */
    void rest(Duration span);

    /** Whether the service stops, so that what is under way has to be given back. */
    boolean isOver();
}
