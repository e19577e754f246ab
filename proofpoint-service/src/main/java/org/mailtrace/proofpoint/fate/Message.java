package org.mailtrace.proofpoint.fate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.proofpoint.row.MessageRow;

/**
 * All rows of one message.
 *
 * @param key the vendor's key
 * @param rows in the order of their dates
 * @param firstSeen the first of the dates, UTC; for rows without one the start of the window they were found in
 */
public record Message(String key, List<MessageRow> rows, Instant firstSeen) {
    public Message {
        rows = List.copyOf(rows);
    }

    /** Groups rows into messages. */
    public static List<Message> of(List<MessageRow> rows, Instant undated) {
        Map<String, List<MessageRow>> byKey = new LinkedHashMap<>();
        rows.forEach(row -> byKey.computeIfAbsent(row.key().orElseThrow(), key -> new ArrayList<>())
                .add(row));
        return byKey.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue(), undated))
                .toList();
    }

    private static Message of(String key, List<MessageRow> rows, Instant undated) {
        List<MessageRow> ordered = rows.stream()
                .sorted(Comparator.comparing(row -> row.date().orElse(undated)))
                .toList();
        return new Message(key, ordered, ordered.getFirst().date().orElse(undated));
    }

    /** The same message with what other rows know of it beside its own. */
    public Message with(List<MessageRow> others) {
        List<MessageRow> completed = rows.stream()
                .map(row -> others.stream()
                        .filter(other -> other.key().equals(row.key()))
                        .findFirst()
                        .map(row::completedBy)
                        .orElse(row))
                .toList();
        return new Message(key, completed, firstSeen);
    }

    /** The vendor's GUID; empty if the rows carry none. */
    public Optional<String> guid() {
        return first("GUID");
    }

    /** The first row's text of a column that has one. */
    Optional<String> first(String column) {
        return rows.stream().flatMap(row -> row.column(column).stream()).findFirst();
    }

    Instant dateOf(MessageRow row) {
        return row.date().orElse(firstSeen);
    }

    /** Each recipient's last word: the latest row that lists it, and among equals the one that knows the hand-over. */
    List<RecipientFate> fates(Map<String, String> siteReasons) {
        Map<String, RecipientFate> last = new LinkedHashMap<>();
        for (MessageRow row : rows) {
            Verdict verdict = Verdict.of(row, siteReasons);
            for (String recipient : row.recipients()) {
                Optional<Handover> handover =
                        verdict.goesOn() ? SendmailColumns.handoverOf(row, recipient) : Optional.empty();
                RecipientFate fate = new RecipientFate(recipient, row, dateOf(row), verdict, handover);
                last.merge(recipient.toLowerCase(Locale.ROOT), fate, Message::later);
            }
        }
        return List.copyOf(last.values());
    }

    private static RecipientFate later(RecipientFate before, RecipientFate next) {
        boolean sameMoment = next.at().equals(before.at());
        return sameMoment && before.handover().isPresent() && next.handover().isEmpty() ? before : next;
    }
}
