package org.mailtrace.proofpoint.record;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;
import org.mailtrace.proofpoint.row.MessageRow;

/** What the index has of a message, told as rows in Smart Search's columns. */
public final class RecordedMessages {
    /** Clocks of one agent's filter and mail server are the same; the first line may come a little earlier. */
    private static final Duration BEFORE = Duration.ofMinutes(5);
    /** Sendmail gives up after five days by default; a line that is later belongs to another use of the queue id. */
    private static final Duration QUEUE_LIFE = Duration.ofDays(6);

    /** The id that all messages have in the index that a rule redirected. */
    public static final String REDIRECTED = "action:redirect";

    private RecordedMessages() {}

    /** The id under which the index finds a message by its GUID. */
    public static String idOf(String guid) {
        return "guid:" + guid;
    }

    /** The group that the lines of a queue id are kept in. */
    public static String linesOf(String agent, String qid) {
        return "q." + agent + '.' + qid;
    }

    /** The group of a row's lines; empty if the row has no queue id. */
    public static Optional<String> linesOf(MessageRow row) {
        return row.column("QID").map(qid -> linesOf(row.column("Agent").orElse(""), qid));
    }

    /**
     * The rows of a message and of those split from it, oldest first: each as its latest record says, at the time of its
     * first. A message that was injected again under the same GUID is a row of its own.
     */
    public static List<MessageRow> rows(IndexedMessage message) {
        Map<List<String>, Map<String, String>> latest = new LinkedHashMap<>();
        Map<List<String>, Instant> first = new LinkedHashMap<>();
        for (StoredRow stored : message.rows()) {
            Map<String, String> columns = RecordBody.read(stored.body());
            if (!columns.containsKey("GUID")) {
                continue;
            }
            List<String> pass = List.of(columns.get("GUID"), columns.getOrDefault("Message_Reinjected", ""));
            latest.merge(pass, columns, RecordedMessages::later);
            first.merge(pass, time(columns), (one, other) -> one.isBefore(other) ? one : other);
        }
        return latest.entrySet().stream()
                .map(pass -> row(pass.getValue(), first.get(pass.getKey())))
                .sorted(Comparator.comparing((MessageRow row) -> row.date().orElseThrow())
                        .thenComparing(row -> row.column("GUID").orElseThrow())
                        .thenComparing(row -> row.column("Message_Reinjected").orElse("")))
                .toList();
    }

    /** The row with what the mail server said about it. */
    public static MessageRow withLines(MessageRow row, IndexedMessage lines) {
        Instant at = row.date().orElseThrow();
        List<String> texts = new ArrayList<>();
        Set<String> to = new LinkedHashSet<>();
        lines.rows().stream()
                .filter(line ->
                        !line.at().isBefore(at.minus(BEFORE)) && line.at().isBefore(at.plus(QUEUE_LIFE)))
                .map(line -> RecordBody.read(line.body()))
                .sorted(Comparator.comparing(RecordedMessages::time))
                .filter(line -> line.containsKey("Line_To"))
                .forEach(line -> {
                    texts.add(line.get("Line").replaceAll("\\R", " "));
                    to.addAll(List.of(line.get("Line_To").split(",")));
                });
        if (texts.isEmpty()) {
            return row;
        }
        Map<String, String> columns = new LinkedHashMap<>(row.columns());
        columns.put("SendmailRaw_Log", String.join("\n", texts));
        columns.put("Sendmail_To", String.join(",", to));
        return new MessageRow(columns);
    }

    private static Map<String, String> later(Map<String, String> one, Map<String, String> other) {
        int order = time(one).compareTo(time(other));
        // Two versions of the same moment: any order of arrival must choose the same.
        return order > 0 || (order == 0 && one.toString().compareTo(other.toString()) >= 0) ? one : other;
    }

    private static Instant time(Map<String, String> columns) {
        return Instant.parse(columns.get("Time"));
    }

    /** Smart Search tells whole seconds; so that a message has one time whoever tells it, so do these rows. */
    private static MessageRow row(Map<String, String> columns, Instant first) {
        Map<String, String> row = new LinkedHashMap<>(columns);
        row.remove("Time");
        row.put("Date", first.truncatedTo(ChronoUnit.SECONDS).toString());
        return new MessageRow(row);
    }
}
