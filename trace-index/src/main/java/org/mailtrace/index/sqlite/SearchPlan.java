package org.mailtrace.index.sqlite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.Place;
import org.mailtrace.index.packing.IdDigest;
import org.mailtrace.index.packing.SubjectText;

/**
 * One SQL statement of a search: it is driven by the most selective condition and checks the others per message. Every
 * value is bound.
 *
 * @param sql the statement
 * @param values what its question marks stand for
 * @param byArrival whether messages come by their numbers, newest number first, instead of by time
 */
record SearchPlan(String sql, List<Object> values, boolean byArrival) {
    private static final String COLUMNS = "SELECT m.id, m.grp, m.first_seen, m.last_seen, m.subject ";

    /** The plans whose results, merged in order, answer the query; none if no address of it occurs in the index. */
    static List<SearchPlan> of(IndexQuery query, Words words) {
        if (words.cannotMatch()) {
            return List.of();
        }
        if (query.id().isPresent()) {
            return List.of(plan(
                    "FROM identity d CROSS JOIN message m ON m.id = d.message WHERE d.value = ?",
                    List.of(IdDigest.of(query.id().get()).bytes()),
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
            return byTerms(words.recipients().orElseThrow(), query, words);
        }
        if (exactSender || query.subject().isEmpty()) {
            return byTerms(words.sender().orElseThrow(), query, words);
        }
        return List.of(bySubject(query, words));
    }

    private static List<SearchPlan> byTerms(List<Long> driving, IndexQuery query, Words words) {
        return driving.stream()
                .map(term -> plan(
                        "FROM term d CROSS JOIN message m ON m.id = d.message WHERE d.term = ?"
                                + " AND d.first_seen >= ? AND d.first_seen < ?",
                        List.of(term, query.from().toEpochMilli(), query.to().toEpochMilli()),
                        query,
                        words,
                        "d.first_seen"))
                .toList();
    }

    private static SearchPlan plan(
            String source, List<?> sourceValues, IndexQuery query, Words words, String newestFirst) {
        StringBuilder sql = new StringBuilder(COLUMNS).append(source);
        List<Object> values = new ArrayList<>(sourceValues);
        conditions(sql, values, query, words, newestFirst);
        sql.append(" ORDER BY ").append(newestFirst).append(" DESC, m.grp");
        return new SearchPlan(sql.toString(), values, false);
    }

    /**
     * By the trigrams of a subject. Sorting all messages that a common word occurs in would cost more than reading the
     * newest few, so they come as they are numbered, and only from the stretches of numbers that the window touches.
     */
    private static SearchPlan bySubject(IndexQuery query, Words words) {
        long from = query.from().toEpochMilli();
        long to = query.to().toEpochMilli();
        StringBuilder sql = new StringBuilder(COLUMNS)
                .append(
                        "FROM subject_text CROSS JOIN message m ON m.id = subject_text.rowid WHERE subject_text MATCH ?")
                .append(" AND subject_text.rowid >= (SELECT min(id) << " + Spans.BITS
                        + " FROM span WHERE newest >= ? AND oldest < ?)")
                .append(" AND subject_text.rowid < (SELECT (max(id) + 1) << " + Spans.BITS
                        + " FROM span WHERE newest >= ? AND oldest < ?)");
        List<Object> values = new ArrayList<>(
                List.of(SubjectText.match(SubjectText.fold(query.subject().orElseThrow())), from, to, from, to));
        conditions(sql, values, query, words, "m.first_seen");
        sql.append(" ORDER BY subject_text.rowid DESC");
        return new SearchPlan(sql.toString(), values, true);
    }

    private static void conditions(
            StringBuilder sql, List<Object> values, IndexQuery query, Words words, String newestFirst) {
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
            sql.append(" AND (m.flags & 1) = 0");
        }
        words.recipients().ifPresent(terms -> sql.append(hasTerm(terms, values)));
        words.sender().ifPresent(terms -> sql.append(hasTerm(terms, values)));
    }

    private static String hasTerm(List<Long> terms, List<Object> values) {
        values.addAll(terms);
        return " AND EXISTS (SELECT 1 FROM term t WHERE t.term IN ("
                + String.join(", ", Collections.nCopies(terms.size(), "?"))
                + ") AND t.first_seen = m.first_seen AND t.message = m.id)";
    }
}
