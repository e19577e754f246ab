package org.mailtrace.exo.cmdlet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.mailtrace.exo.rows.DetailRow;
import org.mailtrace.exo.rows.EventFields;
import org.mailtrace.exo.rows.RowFields;
import org.mailtrace.exo.rows.TraceRow;

/** Reads rows of Get-MessageTraceV2 and Get-MessageTraceDetailV2. */
final class CmdletRows {
    private static final RowFields ROW = new RowFields(
            "MessageTraceId",
            "MessageId",
            "SenderAddress",
            "RecipientAddress",
            "Subject",
            "Received",
            "Size",
            "Status",
            "FromIP",
            "ToIP");
    private static final EventFields EVENT = new EventFields("Date", "Event", "Action", "Detail", "Data");

    private CmdletRows() {}

    static Optional<TraceRow> row(JsonNode row) {
        return ROW.read(row);
    }

    static Optional<DetailRow> event(JsonNode row) {
        return EVENT.read(row);
    }
}
