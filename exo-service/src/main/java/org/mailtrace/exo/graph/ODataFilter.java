package org.mailtrace.exo.graph;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.mailtrace.exo.rows.TraceFilter;

/**
 * A filter as Graph takes it. Graph combines everything with {@code and}, knows one value per property, ignores
 * {@code or} without saying so, and compares times with {@code ge} and {@code le} only; so nothing else is written here.
 */
final class ODataFilter {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    private ODataFilter() {}

    /**
     * The value of {@code $filter}, not yet encoded. Both time bounds are always there: without them Graph looks back
     * 48 hours.
     */
    static String expression(TraceFilter filter) {
        if (filter.recipients().size() > 1) {
            throw new IllegalArgumentException("Graph takes one recipient");
        }
        List<String> terms = new ArrayList<>();
        terms.add("receivedDateTime ge " + SECONDS.format(filter.from()));
        terms.add("receivedDateTime le " + SECONDS.format(filter.to()));
        filter.traceId().ifPresent(value -> terms.add("id eq " + ODataText.literal(value)));
        filter.messageId().ifPresent(value -> terms.add("messageId eq " + ODataText.literal(value)));
        filter.sender().ifPresent(value -> terms.add("senderAddress eq " + ODataText.literal(value)));
        filter.recipients().forEach(value -> terms.add("recipientAddress eq " + ODataText.literal(value)));
        filter.subject().ifPresent(value -> terms.add("contains(subject, " + ODataText.literal(value) + ")"));
        return String.join(" and ", terms);
    }
}
