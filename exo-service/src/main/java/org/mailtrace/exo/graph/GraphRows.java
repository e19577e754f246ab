package org.mailtrace.exo.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.mailtrace.exo.rows.DetailRow;
import org.mailtrace.exo.rows.EventFields;
import org.mailtrace.exo.rows.RowFields;
import org.mailtrace.exo.rows.TraceRow;

/** Reads rows and events as Graph writes them. */
final class GraphRows {
    private static final RowFields ROW = new RowFields(
            "id",
            "messageId",
            "senderAddress",
            "recipientAddress",
            "subject",
            "receivedDateTime",
            "size",
            "status",
            "fromIP",
            "toIP");
    private static final EventFields EVENT = new EventFields("dateTime", "event", "action", "description", "data");

    private GraphRows() {}

    static Optional<TraceRow> row(JsonNode row) {
        return ROW.read(row);
    }

    static Optional<DetailRow> event(JsonNode row) {
        return EVENT.read(row);
    }
}
