package org.mailtrace.onprem.live;

import java.util.List;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.index.IndexRow;
import org.mailtrace.onprem.record.RowBody;

/** What rows that servers told have in common with those in their files, and what tells them apart. */
public final class LiveRows {
    private static final String FILE = "FILE";

    private LiveRows() {}

    /** Equal for the row in the file and the row that the server tells: they share no id. */
    public static List<String> sameness(IndexRow row) {
        return LiveRow.sameness(row.part(), RowBody.read(row.at(), row.body()));
    }

    /** The event with the way on which it came among its raw fields. */
    public static TraceEvent withOrigin(TraceEvent event) {
        if (event.raw().stream().anyMatch(field -> field.name().equals(LiveRow.ORIGIN))) {
            return event;
        }
        List<NameValue> raw = new java.util.ArrayList<>(event.raw());
        raw.add(new NameValue(LiveRow.ORIGIN, FILE));
        return new TraceEvent(event.at(), event.type(), event.recipient(), event.host(), event.text(), raw);
    }
}
