package org.mailtrace.index;

import java.time.Instant;
import java.util.List;

/**
 * All rows of one message.
 *
 * @param group the message's key
 * @param firstSeen time of its oldest row, UTC
 * @param lastSeen time of its newest row, UTC
 * @param rows oldest first
 * @param rowsComplete whether these are all; of a message with very many rows, those that came last are left out
 */
public record IndexedMessage(
        String group, Instant firstSeen, Instant lastSeen, List<StoredRow> rows, boolean rowsComplete) {
    public IndexedMessage {
        rows = List.copyOf(rows);
    }
}
