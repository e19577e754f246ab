package org.mailtrace.proofpoint.fate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.mailtrace.proofpoint.row.MessageRow;

/**
 * All rows of one message.
 *
 * @param key the vendor's key; that of the parent, if the message was split
 * @param rows in the order of their dates; of one date in that of their recipients, whichever way brought them
 * @param firstSeen the first of the dates, UTC; for rows without one the start of the window they were found in
 * @param otherPasses rows of other messages with the same Message-ID and sender, to one of its recipients, as a released
 *     message may have
 * @param family whether the parts that were split off are all here
 */
public record Message(
        String key, List<MessageRow> rows, Instant firstSeen, List<MessageRow> otherPasses, Family family) {
    /** What is known of the other parts of a message. */
    public enum Family {
        /** Nobody looked for them. */
        NOT_ASKED,
        /** They were looked for, and all that exist are here. */
        WHOLE,
        /** They were looked for in vain: the search failed, the parent is gone, or a part does not name its parent. */
        UNSURE
    }

    public Message {
        rows = List.copyOf(rows);
        otherPasses = List.copyOf(otherPasses);
    }

    /** Groups rows into messages. */
    public static List<Message> of(List<MessageRow> rows, Instant undated) {
        Map<String, List<MessageRow>> byKey = new LinkedHashMap<>();
        rows.forEach(row -> byKey.computeIfAbsent(row.familyKey().orElseThrow(), key -> new ArrayList<>())
                .add(row));
        Map<Pass, List<MessageRow>> passes = passes(rows);
        return byKey.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue(), undated, passes))
                .toList();
    }

    /** What two passes of one message have in common for a recipient. */
    private record Pass(String messageId, String sender, String recipient) {
        static List<Pass> of(MessageRow row) {
            String sender = row.sender().toLowerCase(Locale.ROOT);
            return row.messageId().stream()
                    .flatMap(id -> row.recipients().stream()
                            .map(recipient -> new Pass(id, sender, recipient.toLowerCase(Locale.ROOT))))
                    .toList();
        }
    }

    /** Found by what they share: comparing each message with each row would not end for the rows of a busy day. */
    private static Map<Pass, List<MessageRow>> passes(List<MessageRow> rows) {
        Map<Pass, List<MessageRow>> passes = new HashMap<>();
        rows.forEach(row -> Pass.of(row)
                .forEach(pass ->
                        passes.computeIfAbsent(pass, key -> new ArrayList<>()).add(row)));
        return passes;
    }

    private static Message of(String key, List<MessageRow> rows, Instant undated, Map<Pass, List<MessageRow>> passes) {
        List<MessageRow> ordered = rows.stream()
                .sorted(Comparator.comparing((MessageRow row) -> row.date().orElse(undated))
                        .thenComparing(row -> String.join(",", row.recipients())))
                .toList();
        MessageRow first = ordered.getFirst();
        List<MessageRow> otherPasses = ordered.stream()
                .flatMap(row -> Pass.of(row).stream())
                .distinct()
                .flatMap(pass -> passes.getOrDefault(pass, List.of()).stream())
                .distinct()
                .filter(row -> !row.familyKey().equals(first.familyKey()))
                .toList();
        return new Message(key, ordered, first.date().orElse(undated), otherPasses, Family.NOT_ASKED);
    }

    /** The same message with what other rows know of it beside its own. */
    public Message with(List<MessageRow> others) {
        return with(row -> others.stream()
                .filter(other -> other.key().equals(row.key()))
                .min(Comparator.comparing(other -> distance(row, other)))
                .map(row::settledBy)
                .orElse(row));
    }

    /** The same message with each of its rows completed. */
    public Message with(UnaryOperator<MessageRow> completion) {
        return new Message(key, rows.stream().map(completion).toList(), firstSeen, otherPasses, family);
    }

    /** Of several passes under one GUID the one of the same time is meant. */
    private Duration distance(MessageRow row, MessageRow other) {
        return Duration.between(row.date().orElse(firstSeen), other.date().orElse(firstSeen))
                .abs();
    }

    /**
     * The same message with all of its parts. One whose parent is not kept any more goes by its own key, because only
     * that finds it again.
     *
     * @param found rows with its Message-ID
     */
    public Message whole(List<MessageRow> found) {
        List<MessageRow> all = new ArrayList<>(rows);
        found.stream()
                .filter(row -> rows.stream().noneMatch(own -> own.key().equals(row.key())))
                .forEach(all::add);
        all.addAll(otherPasses);
        Set<Optional<String>> keys = rows.stream().map(MessageRow::familyKey).collect(Collectors.toSet());
        Message grown = of(
                key,
                all.stream()
                        .distinct()
                        .filter(row -> keys.contains(row.familyKey()))
                        .toList(),
                firstSeen,
                passes(all.stream().distinct().toList()));
        boolean hasParent = grown.rows.stream().anyMatch(row -> row.key().equals(Optional.of(key)));
        String name = hasParent ? key : rows.getFirst().key().orElse(key);
        boolean whole = hasParent && grown.rows.stream().noneMatch(MessageRow::isSplitFromUnknown);
        return new Message(name, grown.rows, firstSeen, grown.otherPasses, whole ? Family.WHOLE : Family.UNSURE);
    }

    /** The same message, of which it is not known whether there are more parts. */
    public Message unsure() {
        return new Message(key, rows, firstSeen, otherPasses, Family.UNSURE);
    }

    /** Whether this key names the message or one of its parts. */
    public boolean isOf(String wanted) {
        return key.equals(wanted) || rows.stream().anyMatch(row -> row.key().equals(Optional.of(wanted)));
    }

    /** Whether a row says that it is only a part. */
    public boolean isSplit() {
        return rows.stream().anyMatch(MessageRow::isSplit);
    }

    /** Whether a record of the log stream told of a parent; Smart Search has no such column. */
    public boolean isFromStream() {
        return first("Orig_GUID").isPresent();
    }

    /** Whether all recipients of all parts are known. */
    boolean isWhole() {
        return family == Family.WHOLE || (family == Family.NOT_ASKED && !isSplit());
    }

    /** The Message-ID header with its brackets. */
    public Optional<String> messageId() {
        return rows.stream().flatMap(row -> row.messageId().stream()).findFirst();
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

    /** Every recipient's last word, and that on the addresses that the message was redirected to. */
    List<RecipientFate> fatesWithOnwards(Map<String, String> siteReasons) {
        List<RecipientFate> fates = new ArrayList<>(fates(siteReasons));
        for (RecipientFate fate : List.copyOf(fates)) {
            fate.onwards().stream()
                    .filter(onward ->
                            fates.stream().noneMatch(known -> known.address().equalsIgnoreCase(onward.address())))
                    .forEach(fates::add);
        }
        return List.copyOf(fates);
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
