package org.mailtrace.onprem.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.NameValue;

/**
 * One row of a tracking log by its field names. Words are Exchange's own (Microsoft Learn, "Message tracking"); event
 * ids and sources are open words.
 */
public final class TrackingRow {
    private static final String NO_GUID = "00000000-0000-0000-0000-000000000000";

    private final Instant at;
    private final Fields fields;
    /** One per column; empty text where there is no value. */
    private final String[] texts;

    private TrackingRow(Instant at, Fields fields, String[] texts) {
        this.at = at;
        this.fields = fields;
        this.texts = texts;
    }

    /**
     * A row of these values.
     *
     * @param at when, UTC
     * @param values field name in lower case to its value
     */
    public TrackingRow(Instant at, Map<String, String> values) {
        this(at, new Fields(List.copyOf(values.keySet())), values.values().toArray(String[]::new));
    }

    /** The row that these fields make; empty if there are more or fewer than columns, or its time cannot be read. */
    public static Optional<TrackingRow> of(Fields fields, List<String> texts) {
        return of(fields, texts.toArray(String[]::new));
    }

    /** As above; the row keeps the array. */
    static Optional<TrackingRow> of(Fields fields, String[] texts) {
        int place = fields.place("date-time");
        return texts.length == fields.names().size() && place >= 0
                ? Time.of(texts[place]).map(at -> new TrackingRow(at, fields, texts))
                : Optional.empty();
    }

    /** The row that was kept as name and value. */
    public static TrackingRow of(Instant at, List<NameValue> pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        pairs.forEach(pair -> values.put(pair.name(), pair.value()));
        return new TrackingRow(at, values);
    }

    /** A row whose time is known already. */
    static TrackingRow of(Instant at, Fields fields, String[] texts) {
        return new TrackingRow(at, fields, texts);
    }

    /** When, UTC. */
    public Instant at() {
        return at;
    }

    /** Field name to value in the row's order, of the fields that have a value. */
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < texts.length; i++) {
            if (!texts[i].isEmpty()) {
                values.put(fields.names().get(i), texts[i]);
            }
        }
        return Collections.unmodifiableMap(values);
    }

    /** The field's value; empty text if it has none. */
    public String value(String field) {
        int place = fields.place(field);
        return place < 0 ? "" : texts[place];
    }

    /** The field's value where it has one. */
    public Optional<String> optional(String field) {
        String text = value(field).strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
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
        return MailId.guid(value("network-message-id")).filter(guid -> !guid.equals(NO_GUID));
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

    /** The columns, in the row's order. */
    Fields fields() {
        return fields;
    }

    /** The value of the column that stands there; empty text if it has none. */
    String text(int place) {
        return texts[place];
    }

    private List<String> addresses(String field) {
        String list = value(field);
        if (list.isEmpty()) {
            return List.of();
        }
        List<String> addresses = new ArrayList<>();
        int from = 0;
        while (from <= list.length()) {
            int semicolon = list.indexOf(';', from);
            int to = semicolon < 0 ? list.length() : semicolon;
            String address = list.substring(from, to).strip();
            if (!address.isEmpty()) {
                addresses.add(address);
            }
            from = to + 1;
        }
        return Collections.unmodifiableList(addresses);
    }
}
