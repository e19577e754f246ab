package org.mailtrace.exo.rows;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of a trace: one message and one recipient (Graph's {@code exchangeMessageTrace}, a row of the cmdlet Get-MessageTraceV2). Its identity is trace id
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
    /** The sender of a message that has none, such as a bounce. */
    public static final String NULL_SENDER = "<>";

    /** What makes the row one and the same however often it is read. */
    public Key key() {
        return new Key(traceId, recipient.toLowerCase(Locale.ROOT));
    }

    /**
     * A row's identity.
     *
     * @param recipient in lower case
     */
    public record Key(String traceId, String recipient) {}
}
