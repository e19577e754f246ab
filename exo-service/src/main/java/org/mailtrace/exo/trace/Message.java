package org.mailtrace.exo.trace;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.source.SourceId;

/**
 * One message: all rows of one trace id.
 *
 * @param rows at least one, each for another recipient
 */
public record Message(String traceId, List<TraceRow> rows) {
    private static final Comparator<TraceRow> BY_RECIPIENT =
            Comparator.comparing(row -> row.key().recipient());

    public Message {
        rows = rows.stream().sorted(BY_RECIPIENT).toList();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a message has a row");
        }
    }

    /** Groups rows by message. */
    public static List<Message> of(List<TraceRow> rows) {
        Map<String, List<TraceRow>> byTrace = rows.stream()
                .collect(Collectors.groupingBy(TraceRow::traceId, LinkedHashMap::new, Collectors.toList()));
        return byTrace.entrySet().stream()
                .map(entry -> new Message(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** When Exchange Online received it, UTC. */
    public Instant firstSeen() {
        return rows.stream()
                .map(TraceRow::receivedAt)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The id under which it is found again. */
    public String sourceId() {
        return new SourceId(firstSeen(), traceId).encoded();
    }

    /** Any row: sender, subject and Message-ID are the same in all of them. */
    public TraceRow any() {
        return rows.getFirst();
    }
}
