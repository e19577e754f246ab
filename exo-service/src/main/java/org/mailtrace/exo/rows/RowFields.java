package org.mailtrace.exo.rows;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.mailtrace.contract.MailId;

/** What an interface calls the fields of a row, and how a row is read by them. */
public record RowFields(
        String id,
        String messageId,
        String sender,
        String recipient,
        String subject,
        String received,
        String size,
        String status,
        String fromIp,
        String toIp) {
    /** Reads a row; empty if it lacks what makes it one: an id, a recipient, a time. */
    public Optional<TraceRow> read(JsonNode row) {
        Optional<String> trace = text(row, id).map(given -> MailId.guid(given).orElse(given.toLowerCase(Locale.ROOT)));
        Optional<String> address = text(row, recipient);
        Optional<Instant> at = text(row, received).flatMap(VendorTime::of);
        if (trace.isEmpty() || address.isEmpty() || at.isEmpty()) {
            return Optional.empty();
        }
        JsonNode bytes = row.path(size);
        return Optional.of(new TraceRow(
                trace.orElseThrow(),
                text(row, messageId).flatMap(MailId::messageId),
                text(row, sender).orElse(TraceRow.NULL_SENDER),
                address.orElseThrow(),
                text(row, subject),
                at.orElseThrow(),
                bytes.isIntegralNumber() && bytes.canConvertToLong() ? Optional.of(bytes.asLong()) : Optional.empty(),
                text(row, status).orElse(""),
                text(row, fromIp),
                text(row, toIp)));
    }

    private static Optional<String> text(JsonNode row, String name) {
        return Optional.of(row.path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(value -> !value.isBlank());
    }
}
