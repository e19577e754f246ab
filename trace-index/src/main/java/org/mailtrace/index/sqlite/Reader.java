package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexDeadlineException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.Place;
import org.mailtrace.index.StoredRow;

/** One read connection; used by one thread at a time. A search and its rows are one snapshot. */
final class Reader implements AutoCloseable {
    /** A message of more rows is a loop or a sender that reuses ids; the rest is left out and said so. */
    private static final int MAX_ROWS = 5000;

    private static final Comparator<Place> NEWEST_FIRST =
            Comparator.comparing(Place::firstSeen).reversed().thenComparing(Place::group);

    private final Connection connection;
    private final Press press;
    private final Deadline deadline;

    Reader(Connection connection, Press press) throws SQLException {
        this.connection = connection;
        this.press = press;
        this.deadline = Deadline.on(connection);
        connection.setAutoCommit(false);
    }

    Found search(IndexQuery query) throws SQLException {
        return timed(query.deadline(), () -> {
            TreeMap<Place, Hit> hits = new TreeMap<>(NEWEST_FIRST);
            for (SearchPlan plan : SearchPlan.of(query, Words.of(query, connection))) {
                collect(plan, query, hits);
            }
            List<IndexedMessage> messages = new ArrayList<>();
            for (Hit hit : hits.values().stream().limit(query.limit()).toList()) {
                messages.add(load(hit));
            }
            return new Found(messages, hits.size() > query.limit());
        });
    }

    Optional<IndexedMessage> find(String group, Duration budget) throws SQLException {
        return timed(budget, () -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT id, grp, first_seen, last_seen FROM message WHERE grp = ?")) {
                statement.setString(1, group);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(load(hit(rows))) : Optional.empty();
                }
            }
        });
    }

    /** For short look-ups that are not searches. */
    <T> T read(Query<T> query) throws SQLException {
        return timed(Duration.ofSeconds(10), () -> query.run(connection));
    }

    private void collect(SearchPlan plan, IndexQuery query, Map<Place, Hit> hits) throws SQLException {
        Optional<String> folded = query.subject().map(SubjectText::fold);
        int taken = 0;
        try (PreparedStatement statement = connection.prepareStatement(plan.sql())) {
            for (int i = 0; i < plan.values().size(); i++) {
                statement.setObject(i + 1, plan.values().get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (taken <= query.limit() && rows.next()) {
                    String subject = rows.getString(5);
                    if (folded.isEmpty() || (subject != null && SubjectText.contains(subject, folded.get()))) {
                        Hit hit = hit(rows);
                        hits.put(new Place(hit.firstSeen(), hit.group()), hit);
                        taken++;
                    }
                    if (deadline.passed()) {
                        throw new IndexDeadlineException(null);
                    }
                }
            }
        }
    }

    private static Hit hit(ResultSet rows) throws SQLException {
        return new Hit(
                rows.getLong(1),
                rows.getString(2),
                Instant.ofEpochMilli(rows.getLong(3)),
                Instant.ofEpochMilli(rows.getLong(4)));
    }

    private IndexedMessage load(Hit hit) throws SQLException {
        List<StoredRow> rows = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT key, at, part, noise, body FROM log_row WHERE message = ? ORDER BY at, key LIMIT ?")) {
            statement.setLong(1, hit.id());
            statement.setInt(2, MAX_ROWS + 1);
            try (ResultSet stored = statement.executeQuery()) {
                while (stored.next()) {
                    rows.add(new StoredRow(
                            stored.getString(1),
                            Instant.ofEpochMilli(stored.getLong(2)),
                            stored.getString(3),
                            stored.getBoolean(4),
                            press.unpress(stored.getBytes(5))));
                }
            }
        }
        boolean complete = rows.size() <= MAX_ROWS;
        return new IndexedMessage(
                hit.group(), hit.firstSeen(), hit.lastSeen(), complete ? rows : rows.subList(0, MAX_ROWS), complete);
    }

    private <T> T timed(Duration budget, Work<T> work) throws SQLException {
        deadline.arm(budget);
        try {
            return work.run();
        } catch (SQLException e) {
            if (deadline.passed()) {
                throw new IndexDeadlineException(e);
            }
            throw e;
        } finally {
            deadline.disarm();
            connection.rollback();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** A message that matches, before its rows are read. */
    private record Hit(long id, String group, Instant firstSeen, Instant lastSeen) {}

    /** Work on the database. */
    private interface Work<T> {
        T run() throws SQLException;
    }

    /** A look-up on a connection. */
    interface Query<T> {
        T run(Connection connection) throws SQLException;
    }
}
