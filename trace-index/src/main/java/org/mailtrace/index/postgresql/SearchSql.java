package org.mailtrace.index.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.packing.SubjectText;

/**
 * The statement that finds the newest places of a search: it stops when it has enough of them, with all of the last one's
 * millisecond. Whatever else is asked is looked up for each place by a sub-query that yields one value, which no plan ever
 * turns into a join over whole days. The window is repeated wherever messages are looked up, so that only its days are
 * planned for.
 */
final class SearchSql {
    private final IndexQuery query;
    private final long from;
    private final long to;
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    private SearchSql(IndexQuery query, long from, long to) {
        this.query = query;
        this.from = from;
        this.to = to;
    }

    /** By any of these terms; the others are looked up for each place. */
    static SearchSql byTerms(IndexQuery query, List<UUID> driving, List<List<UUID>> others, long from, long to) {
        SearchSql search = new SearchSql(query, from, to);
        if (driving.size() == 1) {
            search.term(others, "?", driving.getFirst());
        } else {
            search.sql.append("SELECT DISTINCT l.first_seen, l.id FROM unnest(?) AS q(term) CROSS JOIN LATERAL (");
            search.values.add(driving);
            search.term(others, "q.term", null);
            search.sql.append(") l");
            search.newest("l.first_seen");
        }
        return search;
    }

    /** By the trigrams of the subject. */
    static SearchSql bySubject(IndexQuery query, List<List<UUID>> others, long from, long to) {
        SearchSql search = new SearchSql(query, from, to);
        search.sql.append("SELECT d.first_seen, d.id FROM message d WHERE d.subject LIKE ?"
                + " AND d.first_seen >= ? AND d.first_seen < ?");
        search.values.add(search.pattern());
        search.window();
        if (!query.noise()) {
            search.sql.append(" AND (d.flags & 1) = 0");
        }
        search.terms(others, "d.id");
        query.after().ifPresent(after -> {
            search.sql.append(" AND (d.first_seen < ? OR d.grp > ?)");
            search.values.add(after.firstSeen().toEpochMilli());
            search.values.add(after.group());
        });
        search.newest("d.first_seen");
        return search;
    }

    private void term(List<List<UUID>> others, String term, UUID value) {
        sql.append("SELECT d.first_seen, d.message AS id FROM term d WHERE d.term = ")
                .append(term)
                .append(" AND d.first_seen >= ? AND d.first_seen < ?");
        if (value != null) {
            values.add(value);
        }
        window();
        if (!query.noise()) {
            sql.append(" AND NOT d.noise");
        }
        terms(others, "d.message");
        if (query.subject().isPresent()) {
            sql.append(" AND ").append(ofMessage("subject")).append(" LIKE ?");
            window();
            values.add(pattern());
        }
        query.after().ifPresent(after -> {
            sql.append(" AND (d.first_seen < ? OR ").append(ofMessage("grp")).append(" > ?)");
            values.add(after.firstSeen().toEpochMilli());
            window();
            values.add(after.group());
        });
        newest("d.first_seen");
    }

    private void terms(List<List<UUID>> others, String message) {
        for (List<UUID> terms : others) {
            sql.append(" AND (SELECT count(*) FROM term t WHERE t.term = ANY(?) AND t.first_seen = d.first_seen"
                            + " AND t.message = ")
                    .append(message)
                    .append(" AND t.first_seen >= ? AND t.first_seen < ?) > 0");
            values.add(terms);
            window();
        }
    }

    private static String ofMessage(String column) {
        return "(SELECT s." + column + " FROM message s WHERE s.first_seen = d.first_seen AND s.id = d.message"
                + " AND s.first_seen >= ? AND s.first_seen < ?)";
    }

    private void newest(String column) {
        sql.append(" ORDER BY ")
                .append(column)
                .append(" DESC FETCH FIRST ")
                .append(query.limit() + 1)
                .append(" ROWS WITH TIES");
    }

    private void window() {
        values.add(from);
        values.add(to);
    }

    /** What the user wrote is text, never a wildcard. */
    private String pattern() {
        Optional<String> folded = query.subject().map(SubjectText::fold);
        return '%'
                + folded.orElseThrow().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
                + '%';
    }

    PreparedStatement prepared(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.toString());
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof List<?> terms) {
                Array array = connection.createArrayOf("uuid", terms.toArray());
                statement.setArray(i + 1, array);
            } else {
                statement.setObject(i + 1, value);
            }
        }
        return statement;
    }
}
