package org.mailtrace.exo.graph;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.mailtrace.contract.MailId;

/**
 * One row of a trace: one message and one recipient (Graph's {@code exchangeMessageTrace}). Its identity is trace id
 * and recipient together.
 *
 * @param traceId the network message id as a GUID, lower case
 * @param sender envelope sender; {@code <>} when there is none, as for a bounce
 * @param receivedAt UTC
 * @param status the vendor's word, an open set
 * @param fromIp who handed it over, where Exchange Online says so
 * @param toIp whom it was handed to, where Exchange Online says so
 */
public record TraceRow(
        String traceId,
        Optional<String> messageId,
        String sender,
        String recipient,
        Optional<String> subject,
        Instant receivedAt,
        Optional<Long> sizeBytes,
        String status,
        Optional<String> fromIp,
        Optional<String> toIp) {
    private static final String NULL_SENDER = "<>";

    /** Reads a row; empty if it lacks what makes it one. */
    static Optional<TraceRow> of(JsonNode row) {
        Optional<String> id = text(row, "id").map(given -> MailId.guid(given).orElse(given.toLowerCase(Locale.ROOT)));
        Optional<String> recipient = text(row, "recipientAddress");
        Optional<Instant> received = text(row, "receivedDateTime").flatMap(VendorTime::of);
        if (id.isEmpty() || recipient.isEmpty() || received.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TraceRow(
                id.orElseThrow(),
                text(row, "messageId").flatMap(MailId::messageId),
                text(row, "senderAddress").orElse(NULL_SENDER),
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

    /** What makes the row one and the same however often it is read. */
    public Key key() {
        return new Key(traceId, recipient.toLowerCase(Locale.ROOT));
    }

    private static Optional<String> text(JsonNode row, String name) {
        return Optional.of(row.path(name))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .filter(value -> !value.isBlank());
    }

    /**
     * A row's identity.
     *
     * @param recipient in lower case
     */
    public record Key(String traceId, String recipient) {}
}
