package org.mailtrace.exo.rows;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What one request asks Exchange Online for; everything holds together. Only what its interfaces really search by can be
 * built here.
 *
 * @param from whole second, UTC, inclusive
 * @param to whole second, UTC, inclusive
 * @param traceId a GUID with dashes
 * @param messageId the Message-ID with its angle brackets
 * @param sender an exact address or {@code *@domain}
 * @param recipients exact addresses or {@code *@domain}; a row matches any of them. Graph takes one at most
 * @param subject text that the subject contains
 */
public record TraceFilter(
        Instant from,
        Instant to,
        Optional<String> traceId,
        Optional<String> messageId,
        Optional<String> sender,
        List<String> recipients,
        Optional<String> subject) {
    public TraceFilter {
        recipients = List.copyOf(recipients);
        if (!from.equals(from.truncatedTo(ChronoUnit.SECONDS)) || !to.equals(to.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("Exchange Online is asked in whole seconds");
        }
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("a window ends after it begins");
        }
    }

    /** All rows of one message. */
    public static TraceFilter ofMessage(String traceId, Instant from, Instant to) {
        return new TraceFilter(
                from, to, Optional.of(traceId), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    /** Whether every text in it can be searched for. */
    public boolean isSafe() {
        return Stream.of(traceId.stream(), messageId.stream(), sender.stream(), recipients.stream(), subject.stream())
                .flatMap(Function.identity())
                .allMatch(SearchText::isSafe);
    }
}
