package org.mailtrace.onprem;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailtrace.onprem.record.Fields;

/** Synthetic tracking-log lines in the shape of Exchange 2016 (columns, quoting, CRLF); all names are documentation's. */
public final class LogFixture {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    public static final Fields FIELDS = Fields.ofSetting("2016").orElseThrow();

    private LogFixture() {}

    /** A header as Exchange 2016 writes it. */
    public static String header(Instant date) {
        return "#Software: Microsoft Exchange Server\r\n#Version: 15.01.2507.039\r\n#Log-type: Message Tracking Log\r\n"
                + "#Date: " + TIME.format(date) + "\r\n#Fields: " + FIELDS.list() + "\r\n";
    }

    /** A row of these fields, in pairs of name and value. */
    public static String line(Instant at, String source, String event, String... pairs) {
        Map<String, String> values = values(at, source, event, pairs);
        return FIELDS.names().stream()
                        .map(name -> quoted(values.getOrDefault(name, "")))
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    /** The name of the hourly file that a row of this time stands in. */
    public static String file(String prefix, Instant at) {
        return prefix
                + DateTimeFormatter.ofPattern("yyyyMMddHH")
                        .withZone(ZoneOffset.UTC)
                        .format(at) + "-1.LOG";
    }

    public static byte[] bytes(String... lines) {
        return Arrays.stream(lines).collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
    }

    public static Map<String, String> values(Instant at, String source, String event, String... pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("date-time", TIME.format(at));
        values.put("source", source);
        values.put("event-id", event);
        List<String> list = List.of(pairs);
        for (int i = 0; i < list.size(); i += 2) {
            values.put(list.get(i), list.get(i + 1));
        }
        return values;
    }

    private static String quoted(String value) {
        boolean needed = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return needed ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }
}
