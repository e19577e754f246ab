package org.mailtrace.onprem.meaning;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.RelatedMessage;
import org.mailtrace.contract.RelatedMessage.Relation;
import org.mailtrace.onprem.record.TrackingRow;

/**
 * Other messages that belong to one by the {@code reference} column: its delivery reports, the message that it reports on,
 * the one that a rule or journaling made it from, and the same the other way round. A row without such an id links
 * nothing.
 */
final class RelatedMessages {
    private static final String RULE = "MAILBOXRULE";
    private static final String NULL_SENDER = "<>";

    private final Map<String, RelatedMessage> byId = new LinkedHashMap<>();

    private RelatedMessages() {}

    /**
     * What is related to a message.
     *
     * @param own its rows
     * @param referring rows of other messages that may refer to it
     */
    static List<RelatedMessage> of(List<LogRow> own, List<LogRow> referring) {
        RelatedMessages related = new RelatedMessages();
        Optional<String> id =
                own.stream().flatMap(row -> row.row().messageId().stream()).findFirst();
        own.forEach(row -> References.of(row.row()).forEach(other -> related.referred(row.row(), other)));
        id.ifPresent(mine -> referring.stream()
                .filter(row -> References.of(row.row()).contains(mine))
                .forEach(row -> row.row()
                        .messageId()
                        .filter(other -> !other.equals(mine))
                        .ifPresent(other -> related.referredBy(row.row(), other))));
        return List.copyOf(related.byId.values());
    }

    private void referred(TrackingRow row, String other) {
        switch (row.event()) {
            case "DSN" -> {
                if (isReport(row)) {
                    put(other, Relation.ORIGINAL, RouteDictionary.originalIs(other));
                } else {
                    put(other, Relation.DELIVERY_REPORT, RouteDictionary.reportIs(other));
                }
            }
            case "FAIL", "DEFER", "SUBMITFAIL", "BADMAIL" ->
                put(other, Relation.DELIVERY_REPORT, RouteDictionary.reportIs(other));
            case "RECEIVE" -> put(other, Relation.ORIGINAL, RouteDictionary.madeOf(other, isRule(row)));
            default -> {}
        }
    }

    private void referredBy(TrackingRow row, String other) {
        switch (row.event()) {
            case "DSN" -> {
                if (isReport(row)) {
                    put(other, Relation.DELIVERY_REPORT, RouteDictionary.reportIs(other));
                } else {
                    put(other, Relation.ORIGINAL, RouteDictionary.originalIs(other));
                }
            }
            case "FAIL", "DEFER", "SUBMITFAIL", "BADMAIL" ->
                put(other, Relation.ORIGINAL, RouteDictionary.originalIs(other));
            case "RECEIVE" -> put(other, Relation.DERIVED, RouteDictionary.madeOfThis(other, isRule(row)));
            default -> {}
        }
    }

    /** A report is sent with the null sender; a DSN row of another message notes that a report was made about it. */
    private static boolean isReport(TrackingRow row) {
        return row.returnPath().filter(NULL_SENDER::equals).isPresent();
    }

    private static boolean isRule(TrackingRow row) {
        return row.source().equals(RULE);
    }

    private void put(String id, Relation relation, String text) {
        byId.putIfAbsent(id, new RelatedMessage(id, relation, text));
    }
}
