package org.mailtrace.standins.exo.historical;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One search.
 *
 * @param cancelled whether it was stopped while it had not started
 */
record HistoricalSearch(UUID id, Instant submitted, SearchRequest request, boolean cancelled) {
    static final String NOT_STARTED = "NotStarted";
    static final String DONE = "Done";

    String status(Instant now, Duration pace) {
        if (cancelled) {
            return "Cancelled";
        }
        if (now.isBefore(submitted.plus(pace))) {
            return NOT_STARTED;
        }
        return now.isBefore(submitted.plus(pace.multipliedBy(2))) ? "InProgress" : DONE;
    }

    HistoricalSearch stopped() {
        return new HistoricalSearch(id, submitted, request, true);
    }
}
