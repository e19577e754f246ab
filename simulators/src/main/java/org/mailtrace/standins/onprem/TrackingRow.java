package org.mailtrace.standins.onprem;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One row of a tracking log in the 30-column layout of Exchange 2016 (late updates), 2019 and SE.
 *
 * @param visibleAt when the row gets into the file
 */
record TrackingRow(Instant at, Instant visibleAt, String server, Writer writer, Map<String, String> values) {
    static final List<String> FIELDS = List.of(
            "date-time",
            "client-ip",
            "client-hostname",
            "server-ip",
            "server-hostname",
            "source-context",
            "connector-id",
            "source",
            "event-id",
            "internal-message-id",
            "message-id",
            "network-message-id",
            "recipient-address",
            "recipient-status",
            "total-bytes",
            "recipient-count",
            "related-recipient-address",
            "reference",
            "message-subject",
            "sender-address",
            "return-path",
            "message-info",
            "directionality",
            "tenant-id",
            "original-client-ip",
            "original-server-ip",
            "custom-data",
            "transport-traffic-type",
            "log-id",
            "schema-version");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");

    TrackingRow {
        values.keySet().stream()
                .filter(key -> !FIELDS.contains(key))
                .findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException("A tracking log has no field '" + key + "'.");
                });
        values = Map.copyOf(values);
    }

    static String time(Instant instant) {
        return TIME.format(instant.atOffset(ZoneOffset.UTC));
    }

    /** Its fields by their names in the file. */
    Map<String, String> fields() {
        Map<String, String> all = new HashMap<>(values);
        all.put("date-time", time(at));
        return all;
    }

    String csv() {
        Map<String, String> all = fields();
        return FIELDS.stream().map(field -> quoted(all.getOrDefault(field, ""))).collect(Collectors.joining(","));
    }

    /** RFC 4180: quotes only where they are needed. */
    private static String quoted(String value) {
        boolean needed = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return needed ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
