package org.mailtrace.exo.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.mailtrace.contract.MailId;
import org.mailtrace.exo.rows.DetailRow;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.rows.VendorTime;

/** Reads rows and events as Graph writes them. */
final class GraphRows {
    private GraphRows() {}

    /** Reads a row; empty if it lacks what makes it one. */
    static Optional<TraceRow> row(JsonNode row) {
        Optional<String> id = text(row, "id").map(given -> MailId.guid(given).orElse(given.toLowerCase(Locale.ROOT)));
        Optional<String> recipient = text(row, "recipientAddress");
        Optional<Instant> received = text(row, "receivedDateTime").flatMap(VendorTime::of);
        if (id.isEmpty() || recipient.isEmpty() || received.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TraceRow(
                id.orElseThrow(),
                text(row, "messageId").flatMap(MailId::messageId),
                text(row, "senderAddress").orElse(TraceRow.NULL_SENDER),
                recipient.orElseThrow(),
                text(row, "subject"),
                received.orElseThrow(),
                row.path("size").isIntegralNumber()
                        ? Optional.of(row.path("size").asLong())
                        : Optional.empty(),
                text(row, "status").orElse(""),
                text(row, "fromIP"),
                text(row, "toIP")));
    }

    /** Reads an event; empty if it has no time or no name. */
    static Optional<DetailRow> event(JsonNode row) {
        String event = row.path("event").asText("");
        return VendorTime.of(row.path("dateTime").asText(""))
                .filter(at -> !event.isBlank())
                .map(at -> new DetailRow(
                        at,
                        event.strip(),
                        row.path("action").asText(""),
                        row.path("description").asText(""),
                        row.path("data").asText("")));
    }

    private static Optional<String> text(JsonNode row, String name) {
        return Optional.of(row.path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(value -> !value.isBlank());
    }
}
