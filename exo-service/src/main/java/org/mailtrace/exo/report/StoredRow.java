package org.mailtrace.exo.report;

import java.util.List;
import java.util.Optional;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.jobs.Finding;

/**
 * One row of a report in the store.
 *
 * @param asked whether the question asked for it; otherwise it is another recipient of a message that it asked for
 * @param members how far the other rows of its message were read
 * @param refused whether Exchange Online gave no events for it
 * @param events oldest first; empty if they were not read
 */
record StoredRow(TraceRow row, boolean asked, Members members, boolean refused, Optional<List<DetailEvent>> events) {
    /** Whether the other rows of a message are in the store. */
    enum Members {
        UNREAD,
        /** As many as Exchange Online gave. */
        SOME,
        ALL
    }

    static StoredRow of(TraceRow row) {
        return new StoredRow(row, true, Members.UNREAD, false, Optional.empty());
    }

    StoredRow with(List<DetailEvent> read) {
        return new StoredRow(row, asked, members, refused, Optional.of(read));
    }

    StoredRow withoutEvents() {
        return new StoredRow(row, asked, members, true, Optional.empty());
    }

    StoredRow among(Members read) {
        return new StoredRow(row, asked, read, refused, events);
    }

    Finding finding(ReportJson json) {
        return new Finding(
                row.traceId(), row.traceId() + "|" + row.key().recipient(), row.receivedAt(), json.write(this));
    }
}
