package org.mailtrace.onprem.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.NameValue;

/**
 * One row of a tracking log by its field names; only fields that have a value. Words are Exchange's own (Microsoft
 * Learn, "Message tracking"); event ids and sources are open words.
 *
 * @param at when, UTC
 * @param values field name to value, in the file's order
 */
public record TrackingRow(Instant at, Map<String, String> values) {
    public TrackingRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The row that these fields make; empty if its time cannot be read. */
    public static Optional<TrackingRow> of(Fields fields, List<String> texts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!texts.get(i).isEmpty()) {
                values.put(fields.names().get(i), texts.get(i));
            }
        }
        return time(values.getOrDefault("date-time", "")).map(at -> new TrackingRow(at, values));
    }

    /** The row that was kept as name and value. */
    public static TrackingRow of(Instant at, List<NameValue> pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        pairs.forEach(pair -> values.put(pair.name(), pair.value()));
        return new TrackingRow(at, values);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The field's value; empty text if it has none. */
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    /** The field's value where it has one. */
    public Optional<String> optional(String field) {
        return Optional.ofNullable(values.get(field)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The event id in upper case: files and cmdlet differ. */
    public String event() {
        return value("event-id").strip().toUpperCase(Locale.ROOT);
    }

    /** The source in upper case. */
    public String source() {
        return value("source").strip().toUpperCase(Locale.ROOT);
    }

    /** The Message-ID in its canonical form. */
    public Optional<String> messageId() {
        return MailId.messageId(value("message-id"));
    }

    /** The network message id in its canonical form; before Exchange 2013 there is none. */
    public Optional<String> networkMessageId() {
        return MailId.guid(value("network-message-id"))
                .filter(guid -> !guid.equals("00000000-0000-0000-0000-000000000000"));
    }

    /** Envelope sender: the return-path, {@code <>} for the null sender. */
    public Optional<String> returnPath() {
        return optional("return-path");
    }

    /** Recipients of this row. */
    public List<String> recipients() {
        return addresses("recipient-address");
    }

    /** The group, or the address as it was before; meaning depends on the event. */
    public List<String> relatedRecipients() {
        return addresses("related-recipient-address");
    }

    /** What was said about each recipient, in the order of the recipients; empty if the two lists cannot be aligned. */
    public List<String> recipientStatuses() {
        return StatusList.aligned(value("recipient-status"), recipients().size());
    }

    /** Keys repeat, so a key has a list of values. */
    public CustomData customData() {
        return CustomData.of(value("custom-data"));
    }

    private List<String> addresses(String field) {
        return Arrays.stream(value(field).split(";", -1))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .toList();
    }
}
