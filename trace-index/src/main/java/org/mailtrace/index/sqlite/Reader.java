package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexDeadlineException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.Place;
import org.mailtrace.index.packing.Press;
import org.mailtrace.index.packing.SubjectText;
import org.mailtrace.index.packing.Unpacked;

/** One read connection; used by one thread at a time. A search and its rows are one snapshot. */
final class Reader implements AutoCloseable {
    private static final Comparator<Place> NEWEST_FIRST =
            Comparator.comparing(Place::firstSeen).reversed().thenComparing(Place::group);

    private final Connection connection;
    private final Press press;
    private final Deadline deadline;
    private final Statements statements;

    Reader(Connection connection, Press press) throws SQLException {
        this.connection = connection;
        this.press = press;
        this.deadline = Deadline.on(connection);
        this.statements = new Statements(connection);
        connection.setAutoCommit(false);
    }

    Found search(IndexQuery query) throws SQLException {
        return timed(query.deadline(), () -> {
            NavigableMap<Place, Hit> hits = new TreeMap<>(NEWEST_FIRST);
            for (SearchPlan plan : SearchPlan.of(query, Words.of(query, connection))) {
                if (plan.byArrival()) {
                    collectByArrival(plan, query, hits);
                } else {
                    collect(plan, query, hits);
                }
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
            PreparedStatement statement =
                    statements.of("SELECT id, grp, first_seen, last_seen FROM message WHERE grp = ?");
            statement.setString(1, group);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(load(hit(rows))) : Optional.empty();
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
        try (ResultSet rows = run(plan)) {
            while (taken <= query.limit() && rows.next()) {
                if (matches(rows, folded)) {
                    Hit hit = hit(rows);
                    hits.put(new Place(hit.firstSeen(), hit.group()), hit);
                    taken++;
                }
                stopAtDeadline();
            }
        }
    }

    /** Keeps the newest messages, and ends as soon as no message that is still to come can be one of them. */
    private void collectByArrival(SearchPlan plan, IndexQuery query, NavigableMap<Place, Hit> hits)
            throws SQLException {
        Optional<String> folded = query.subject().map(SubjectText::fold);
        Map<Long, Long> newestUpTo = newestUpTo();
        try (ResultSet rows = run(plan)) {
            while (rows.next()) {
                boolean full = hits.size() > query.limit();
                long newest = newestUpTo.getOrDefault(rows.getLong(1) >> Spans.BITS, Long.MAX_VALUE);
                if (full && newest < hits.lastKey().firstSeen().toEpochMilli()) {
                    return;
                }
                if (matches(rows, folded)) {
                    Hit hit = hit(rows);
                    hits.put(new Place(hit.firstSeen(), hit.group()), hit);
                    if (full) {
                        hits.pollLastEntry();
                    }
                }
                stopAtDeadline();
            }
        }
    }

    /** For each span the newest time in it and in all spans before it. */
    private Map<Long, Long> newestUpTo() throws SQLException {
        Map<Long, Long> newestUpTo = new HashMap<>();
        long newest = Long.MIN_VALUE;
        try (ResultSet rows =
                statements.of("SELECT id, newest FROM span ORDER BY id").executeQuery()) {
            while (rows.next()) {
                newest = Math.max(newest, rows.getLong(2));
                newestUpTo.put(rows.getLong(1), newest);
            }
        }
        return newestUpTo;
    }

    private ResultSet run(SearchPlan plan) throws SQLException {
        PreparedStatement statement = statements.of(plan.sql());
        for (int i = 0; i < plan.values().size(); i++) {
            statement.setObject(i + 1, plan.values().get(i));
        }
        return statement.executeQuery();
    }

    private static boolean matches(ResultSet rows, Optional<String> folded) throws SQLException {
        if (folded.isEmpty()) {
            return true;
        }
        String subject = rows.getString(5);
        return subject != null && SubjectText.contains(subject, folded.get());
    }

    private void stopAtDeadline() {
        if (deadline.passed()) {
            throw new IndexDeadlineException(null);
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
        Unpacked unpacked = new Unpacked(press);
        PreparedStatement statement = statements.of("SELECT data FROM block WHERE id >= ? AND id < ? ORDER BY id");
        statement.setLong(1, Blocks.first(hit.id()));
        statement.setLong(2, Blocks.first(hit.id() + 1));
        try (ResultSet blocks = statement.executeQuery()) {
            while (unpacked.wantsMore() && blocks.next()) {
                stopAtDeadline();
                unpacked.add(blocks.getBytes(1));
            }
        }
        return unpacked.message(hit.group(), hit.firstSeen(), hit.lastSeen());
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
            Transactions.takeBack(connection);
        }
    }

    @Override
    public void close() throws SQLException {
        press.close();
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

    /** Statements that were asked before; preparing one costs more than most of them. */
    private static final class Statements {
        private static final int REMEMBERED = 64;

        private final Connection connection;
        private final LinkedHashMap<String, PreparedStatement> prepared = new LinkedHashMap<>(64, 0.75f, true);

        Statements(Connection connection) {
            this.connection = connection;
        }

        PreparedStatement of(String sql) throws SQLException {
            PreparedStatement known = prepared.get(sql);
            if (known == null) {
                known = connection.prepareStatement(sql);
                prepared.put(sql, known);
                if (prepared.size() > REMEMBERED) {
                    prepared.pollFirstEntry().getValue().close();
                }
            }
            return known;
        }
    }
}
