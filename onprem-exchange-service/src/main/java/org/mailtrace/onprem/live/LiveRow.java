package org.mailtrace.onprem.live;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailtrace.onprem.live.clixml.ClixmlValue;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * Makes a tracking row of what the cmdlet returns. The cmdlet calls the file's fields by other names: without dashes,
 * {@code Timestamp}, {@code Sender}, {@code Recipients} and {@code EventData} (Microsoft Learn, "Search message tracking
 * logs"); it leaves out {@code original-server-ip} and {@code log-id}.
 */
final class LiveRow {
    /** The field that tells where a row was read. */
    static final String ORIGIN = "row-origin";

    static final String LIVE = "LIVE";

    private static final Map<String, String> RENAMED = Map.of(
            "Timestamp", "date-time",
            "Sender", "sender-address",
            "Recipients", "recipient-address",
            "EventData", "custom-data");
    private static final Set<String> OF_THE_SHELL =
            Set.of("RunspaceId", "PSComputerName", "PSShowComputerName", "Identity", "IsValid", "ObjectState");

    private LiveRow() {}

    /** A time without zone came from a server whose zone is not configured. */
    static final class ZoneUnknownException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * The row; empty if the object is no tracking row.
     *
     * @param zone the server's zone, for times without one
     * @throws ZoneUnknownException if it is needed and not known
     */
    static Optional<TrackingRow> of(ClixmlValue object, Optional<ZoneId> zone) {
        if (!(object instanceof ClixmlValue.Thing thing)
                || thing.member("EventId").isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> at = thing.member("Timestamp").map(ClixmlValue::text).flatMap(text -> instant(text, zone));
        if (at.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        values.put("date-time", at.get().toString());
        thing.members().forEach((name, value) -> {
            String text = name.equals("EventData") ? eventData(value) : joined(value);
            if (!OF_THE_SHELL.contains(name) && !name.equals("Timestamp") && !text.isEmpty()) {
                values.put(fieldName(name), text);
            }
        });
        values.put(ORIGIN, LIVE);
        return Optional.of(new TrackingRow(at.get(), values));
    }

    /** {@code ClientIp} is {@code client-ip} in the file. */
    private static String fieldName(String property) {
        return RENAMED.getOrDefault(
                property, property.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT));
    }

    private static String joined(ClixmlValue value) {
        return value.items().stream().map(ClixmlValue::text).collect(Collectors.joining(";"));
    }

    /** Pairs come as objects, or, at the depth where PowerShell stops, as the text {@code [key, value]}. */
    private static String eventData(ClixmlValue value) {
        return value.items().stream()
                .map(LiveRow::pair)
                .flatMap(Optional::stream)
                .collect(Collectors.joining(";"));
    }

    private static Optional<String> pair(ClixmlValue item) {
        Optional<String> key = item.member("Key").map(ClixmlValue::text);
        if (key.isPresent()) {
            return Optional.of("S:" + key.get() + "="
                    + item.member("Value").map(ClixmlValue::text).orElse(""));
        }
        String text = item.text();
        int comma = text.indexOf(", ");
        return text.startsWith("[") && text.endsWith("]") && comma > 0
                ? Optional.of("S:" + text.substring(1, comma) + "=" + text.substring(comma + 2, text.length() - 1))
                : Optional.empty();
    }

    /** A time with an offset says what it means; one without is meant in the server's zone. To the millisecond. */
    private static Optional<Instant> instant(String text, Optional<ZoneId> zone) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS));
        } catch (DateTimeException e) {
            return local(text)
                    .map(local -> local.atZone(zone.orElseThrow(ZoneUnknownException::new))
                            .toInstant()
                            .truncatedTo(ChronoUnit.MILLIS));
        }
    }

    private static Optional<LocalDateTime> local(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** What makes a row known from both ways one row. */
    static List<String> sameness(String server, TrackingRow row) {
        return List.of(
                server.toUpperCase(Locale.ROOT),
                Long.toString(row.at().toEpochMilli()),
                row.event(),
                row.source(),
                row.value("internal-message-id").strip(),
                row.recipients().stream()
                        .map(address -> address.toLowerCase(Locale.ROOT))
                        .sorted()
                        .collect(Collectors.joining(";")));
    }
}
