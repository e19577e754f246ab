package org.mailtrace.onprem.search;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Question;
import org.mailtrace.index.IndexRow;

/** Whether the rows of one message answer a question, by the same rules as the index's. */
final class Matching {
    private Matching() {}

    static boolean matches(Question question, List<IndexRow> rows) {
        return question.sender().map(pattern -> isFrom(pattern, rows)).orElse(true)
                && (question.recipients().isEmpty()
                        || rows.stream()
                                .flatMap(row -> row.recipients().stream())
                                .anyMatch(question::asksForRecipient))
                && question.subject().map(text -> hasSubject(text, rows)).orElse(true)
                && question.messageId()
                        .map(id -> rows.stream().anyMatch(row -> row.ids().contains(id.value())))
                        .orElse(true);
    }

    /** The From header counts only while no row tells the envelope sender. */
    private static boolean isFrom(AddressPattern pattern, List<IndexRow> rows) {
        List<String> senders =
                rows.stream().flatMap(row -> row.sender().stream()).toList();
        List<String> known = senders.isEmpty()
                ? rows.stream().map(IndexRow::author).flatMap(Optional::stream).toList()
                : senders;
        return known.stream().anyMatch(pattern::matches);
    }

    private static boolean hasSubject(String text, List<IndexRow> rows) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return rows.stream()
                .flatMap(row -> row.subject().stream())
                .anyMatch(subject -> subject.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
