package org.mailtrace.exo.history.csv;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.NameValue;

/**
 * One event of the transport's tracking log as the extended report has it.
 *
 * @param at UTC
 * @param source which part of the transport wrote it, such as SMTP or STOREDRIVER; an open set, upper case
 * @param event what happened, an open set, upper case
 * @param traceId the network message id as a GUID with dashes, lower case
 * @param messageId the Message-ID with its brackets
 * @param sender envelope sender; {@code <>} when there is none
 * @param recipients whom it concerns; none where it concerns the whole message
 * @param related the group that was expanded, or the address that was given up
 * @param fields everything that the row says, by column
 */
public record EventRow(
        long line,
        Instant at,
        String source,
        String event,
        String traceId,
        Optional<String> messageId,
        String sender,
        Optional<String> subject,
        Optional<Long> sizeBytes,
        List<String> recipients,
        List<String> related,
        List<NameValue> fields)
        implements HistoryRow {
    public EventRow {
        recipients = List.copyOf(recipients);
        related = List.copyOf(related);
        fields = List.copyOf(fields);
    }

    /** What the row says in a column. */
    public Optional<String> field(String column) {
        return fields.stream()
                .filter(field -> field.name().equals(column))
                .map(NameValue::value)
                .findFirst();
    }

    /** Neither addresses nor the subject. */
    @Override
    public String toString() {
        return "EventRow[line=" + line + ", event=" + event + "]";
    }
}
