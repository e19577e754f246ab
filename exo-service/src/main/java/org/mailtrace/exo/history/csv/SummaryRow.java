package org.mailtrace.exo.history.csv;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message as the summary has it.
 *
 * @param at when it came, UTC
 * @param traceId the network message id as a GUID with dashes, lower case
 * @param messageId the Message-ID with its brackets
 * @param sender envelope sender; {@code <>} when there is none
 * @param subject its first 256 characters
 * @param clientIp the host that it came from; Microsoft keeps it for ten days
 * @param recipients at least one
 */
public record SummaryRow(
        long line,
        Instant at,
        String traceId,
        Optional<String> messageId,
        String sender,
        Optional<String> subject,
        Optional<Long> sizeBytes,
        Optional<String> clientIp,
        Optional<Directionality> directionality,
        List<RecipientEvents> recipients)
        implements HistoryRow {
    public SummaryRow {
        recipients = List.copyOf(recipients);
    }

    /** Neither addresses nor the subject. */
    @Override
    public String toString() {
        return "SummaryRow[line=" + line + "]";
    }
}
