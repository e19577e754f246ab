package org.mailtrace.exo.graph;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one request asks Graph for. Graph combines everything with {@code and}, knows one value per property, ignores
 * {@code or} without saying so, and compares times with {@code ge} and {@code le} only; so nothing else can be built
 * here.
 *
 * @param from whole second, UTC, inclusive
 * @param to whole second, UTC, inclusive
 * @param traceId a GUID with dashes
 * @param messageId the Message-ID with its angle brackets
 * @param sender an exact address or {@code *@domain}
 * @param recipient an exact address or {@code *@domain}
 * @param subject text that the subject contains
 */
public record TraceFilter(
        Instant from,
        Instant to,
        Optional<String> traceId,
        Optional<String> messageId,
        Optional<String> sender,
        Optional<String> recipient,
        Optional<String> subject) {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

    public TraceFilter {
        if (!from.equals(from.truncatedTo(ChronoUnit.SECONDS)) || !to.equals(to.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("Graph is asked in whole seconds");
        }
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a window ends after it begins");
        }
    }

    /** All rows of one message. */
    public static TraceFilter ofMessage(String traceId, Instant from, Instant to) {
        return new TraceFilter(
                from, to, Optional.of(traceId), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The value of {@code $filter}, not yet encoded. Both time bounds are always there: without them Graph looks back 48 hours. */
    String expression() {
        List<String> terms = new ArrayList<>();
        terms.add("receivedDateTime ge " + SECONDS.format(from));
        terms.add("receivedDateTime le " + SECONDS.format(to));
        traceId.ifPresent(value -> terms.add("id eq " + ODataText.literal(value)));
        messageId.ifPresent(value -> terms.add("messageId eq " + ODataText.literal(value)));
        sender.ifPresent(value -> terms.add("senderAddress eq " + ODataText.literal(value)));
        recipient.ifPresent(value -> terms.add("recipientAddress eq " + ODataText.literal(value)));
        subject.ifPresent(value -> terms.add("contains(subject, " + ODataText.literal(value) + ")"));
        return String.join(" and ", terms);
    }
}
