package org.mailtrace.onprem.meaning;

import org.mailtrace.index.StoredRow;
import org.mailtrace.onprem.record.RowBody;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * A row and the server that wrote it.
 *
 * @param server the server's configured name; its clock stamped the row
 * @param noise whether the row is housekeeping
 */
record LogRow(String server, TrackingRow row, boolean noise) {
    static LogRow of(StoredRow stored) {
        return new LogRow(stored.part(), RowBody.read(stored.at(), stored.body()), stored.noise());
    }

    String event() {
        return row.event();
    }
}
