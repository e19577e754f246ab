package org.mailtrace.exo.report;

import java.time.Duration;

/** The pauses of a worker. */
interface Rest {
    /** Waits, less long if the service stops. */
    void rest(Duration span);

    /** Whether the service stops: no further step is begun. */
    boolean isOver();
}
