package org.mailtrace.index.sqlite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.Place;

/**
 * One SQL statement of a search: it is driven by the most selective condition and checks the others per message. Every
 * value is bound.
 *
 * @param sql the statement
 * @param values what its question marks stand for
 */
record SearchPlan(String sql, List<Object> values) {
    private static final String COLUMNS = "SELECT m.id, m.grp, m.first_seen, m.last_seen, m.subject ";

    /** The plans whose results, merged in order, answer the query; none if no word of it occurs in the index. */
    static List<SearchPlan> of(IndexQuery query, Words words) {
        if (words.cannotMatch()) {
            return List.of();
        }
        if (query.id().isPresent()) {
            return List.of(plan(
                    "FROM identity d CROSS JOIN message m ON m.id = d.message WHERE d.value = ?",
                    List.of(query.id().get()),
                    query,
                    words,
                    "m.first_seen"));
        }
        boolean exactSender =
                query.sender().filter(pattern -> !pattern.isWholeDomain()).isPresent();
        boolean exactRecipients = !query.recipients().isEmpty()
                && query.recipients().stream().noneMatch(pattern -> pattern.isWholeDomain());
        if (exactRecipients
                || (!exactSender
                        && query.subject().isEmpty()
                        && !query.recipients().isEmpty())) {
            return byWords(words.recipients().orElseThrow(), "", query, words);
        }
        if (exactSender || query.subject().isEmpty()) {
            List<SearchPlan> plans = new ArrayList<>(byWords(words.sender().orElseThrow(), "", query, words));
            plans.addAll(byWords(words.author(), " AND m.sender_known = 0", query, words));
            return plans;
        }
        return List.of(plan(
                "FROM subject_text CROSS JOIN message m ON m.id = subject_text.rowid WHERE subject_text MATCH ?",
                List.of(SubjectText.match(query.subject().get())),
                query,
                words,
                "m.first_seen"));
    }

    private static List<SearchPlan> byWords(List<Long> driving, String further, IndexQuery query, Words words) {
        return driving.stream()
                .map(word -> plan(
                        "FROM term d CROSS JOIN message m ON m.id = d.message WHERE d.word = ?"
                                + " AND d.first_seen >= ? AND d.first_seen < ?" + further,
                        List.of(word, query.from().toEpochMilli(), query.to().toEpochMilli()),
                        query,
                        words,
                        "d.first_seen"))
                .toList();
    }

    private static SearchPlan plan(
            String source, List<?> sourceValues, IndexQuery query, Words words, String newestFirst) {
        StringBuilder sql = new StringBuilder(COLUMNS).append(source);
        List<Object> values = new ArrayList<>(sourceValues);
        sql.append(" AND m.first_seen >= ? AND m.first_seen < ?");
        values.add(query.from().toEpochMilli());
        values.add(query.to().toEpochMilli());
        Optional<Place> after = query.after();
        if (after.isPresent()) {
            long place = after.get().firstSeen().toEpochMilli();
            sql.append(" AND ").append(newestFirst).append(" <= ? AND (m.first_seen < ? OR m.grp > ?)");
            values.add(place);
            values.add(place);
            values.add(after.get().group());
        }
        if (!query.noise()) {
            sql.append(" AND m.noise = 0");
        }
        words.recipients().ifPresent(ids -> sql.append(" AND ").append(hasWord(ids, values)));
        words.sender().ifPresent(ids -> {
            sql.append(" AND (").append(hasWord(ids, values));
            sql.append(" OR (m.sender_known = 0 AND ")
                    .append(hasWord(words.author(), values))
                    .append("))");
        });
        sql.append(" ORDER BY ").append(newestFirst).append(" DESC, m.grp");
        return new SearchPlan(sql.toString(), values);
    }

    private static String hasWord(List<Long> ids, List<Object> values) {
        if (ids.isEmpty()) {
            return "0";
        }
        values.addAll(ids);
        return "EXISTS (SELECT 1 FROM term t WHERE t.word IN ("
                + String.join(", ", Collections.nCopies(ids.size(), "?"))
                + ") AND t.first_seen = m.first_seen AND t.message = m.id)";
    }
}
