package org.mailtrace.standins.exo.cmdlet;

import java.util.Locale;
import org.mailtrace.standins.exo.TraceRow;

/** Rows and events as the cmdlets write them; whether a time has its zone differs, as it does between captures. */
final class TraceObjects {
    private TraceObjects() {}

    static PropertyBag row(TraceRow row) {
        return new PropertyBag()
                .guid("MessageTraceId", row.id())
                .text("MessageId", row.story().messageId())
                .time("Received", row.received(), hasZone(row))
                .text("SenderAddress", row.story().from())
                .text("RecipientAddress", row.recipient())
                .text("Subject", row.story().subject())
                .text(
                        "Status",
                        row.status().substring(0, 1).toUpperCase(Locale.ROOT)
                                + row.status().substring(1))
                .text("FromIP", row.fromIp())
                .text("ToIP", row.toIp())
                .number("Size", row.story().sizeBytes());
    }

    static PropertyBag event(TraceRow row, TraceRow.Detail detail) {
        return new PropertyBag()
                .guid("MessageTraceId", row.id())
                .text("MessageId", row.story().messageId())
                .time("Date", detail.at(), hasZone(row))
                .text("Event", detail.event())
                .text("Action", "")
                .text("Detail", detail.description())
                .text("Data", detail.data());
    }

    private static boolean hasZone(TraceRow row) {
        return row.id().hashCode() % 2 == 0;
    }
}
