package org.mailtrace.exo.history.csv;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.NameValue;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.rows.VendorTime;

/** One record's fields by the names of their columns. */
final class Cells {
    private static final String NO_GUID = "00000000-0000-0000-0000-000000000000";
    private static final int MOST_DIGITS = 18;

    private final Header header;
    private final List<String> fields;

    Cells(Header header, List<String> fields) {
        this.header = header;
        this.fields = fields;
    }

    /** The text of a column, not blank. */
    Optional<String> text(String... anyOf) {
        return header.place(List.of(anyOf)).map(fields::get).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** A time, UTC, whether or not it says so. */
    Optional<Instant> time(String... anyOf) {
        return text(anyOf).map(text -> text.replace(' ', 'T')).flatMap(VendorTime::of);
    }

    Optional<Long> number(String column) {
        return text(column)
                .filter(text -> text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(Long::valueOf);
    }

    /** The network message id as a GUID with dashes. */
    Optional<String> traceId() {
        return text("network_message_id").flatMap(MailId::guid).filter(guid -> !guid.equals(NO_GUID));
    }

    /** The Message-ID with its brackets. */
    Optional<String> messageId() {
        return text("message_id").flatMap(MailId::messageId);
    }

    String sender() {
        return text("sender_address").orElse(TraceRow.NULL_SENDER);
    }

    Optional<Directionality> directionality() {
        return text("directionality").flatMap(Directionality::of);
    }

    /** Addresses separated by semicolons, each once whatever its case, in their order. */
    List<String> addresses(String column) {
        Map<String, String> addresses = new LinkedHashMap<>();
        for (String part : text(column).orElse("").split(";", -1)) {
            String address = part.strip();
            if (!address.isEmpty()) {
                addresses.putIfAbsent(address.toLowerCase(Locale.ROOT), address);
            }
        }
        return List.copyOf(addresses.values());
    }

    /** Every field that is not blank, under its column's name, also of columns that nobody has seen before. */
    List<NameValue> all() {
        List<NameValue> all = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (!fields.get(i).isBlank()) {
                all.add(new NameValue(header.names().get(i), fields.get(i)));
            }
        }
        return all;
    }
}
