package org.mailtrace.index.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.Found;
import org.mailtrace.index.IndexDeadlineException;
import org.mailtrace.index.IndexQuery;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.packing.IdDigest;
import org.mailtrace.index.packing.Press;
import org.mailtrace.index.packing.Unpacked;

/** One search; all of it sees one moment of the store. */
final class Search {
    private final Connection connection;
    private final Press press;
    private final long end;

    Search(Connection connection, Press press, Duration budget) {
        this.connection = connection;
        this.press = press;
        this.end = System.nanoTime() + budget.toNanos();
    }

    /** Searches by the most selective condition. */
    Found search(IndexQuery query) throws SQLException {
        Optional<List<UUID>> id = query.id().map(each -> List.of(Digests.id(IdDigest.of(each))));
        Optional<List<UUID>> recipients =
                query.recipients().isEmpty() ? Optional.empty() : Optional.of(Digests.recipients(query.recipients()));
        Optional<List<UUID>> sender = query.sender().map(Digests::senders);
        boolean exactRecipients =
                recipients.isPresent() && query.recipients().stream().noneMatch(AddressPattern::isWholeDomain);
        boolean exactSender =
                query.sender().filter(pattern -> !pattern.isWholeDomain()).isPresent();
        Optional<List<UUID>> driving = id.or(() -> exactRecipients ? recipients : Optional.empty())
                .or(() -> exactSender ? sender : Optional.empty())
                .or(() -> query.subject().isEmpty() ? recipients.or(() -> sender) : Optional.empty());
        List<List<UUID>> others = Stream.of(id, recipients, sender)
                .flatMap(Optional::stream)
                .filter(terms -> !driving.equals(Optional.of(terms)))
                .toList();
        long from = query.from().toEpochMilli();
        long to = end(query);
        if (driving.isPresent()) {
            return found(hits(SearchSql.byTerms(query, driving.get(), others, from, to)), query);
        }
        return found(bySubject(query, others, from, to), query);
    }

    Optional<IndexedMessage> find(String group) throws SQLException {
        Optional<Long> firstSeen = home(group);
        if (firstSeen.isEmpty()) {
            return Optional.empty();
        }
        // The time as a value, so that only its day is planned for.
        try (PreparedStatement statement = connection.prepareStatement("SELECT m.id, m.grp, m.first_seen, m.last_seen,"
                + " m.data, (SELECT array_agg(b.data ORDER BY b.from_row) FROM block b WHERE b.first_seen = ?"
                + " AND b.message = m.id) FROM message m WHERE m.first_seen = ?"
                + " AND m.id = (SELECT message FROM home WHERE grp = ?)")) {
            statement.setLong(1, firstSeen.get());
            statement.setLong(2, firstSeen.get());
            statement.setObject(3, Digests.group(group));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(message(rows)) : Optional.empty();
            }
        }
    }

    private Optional<Long> home(String group) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT first_seen FROM home WHERE grp = ?")) {
            statement.setObject(1, Digests.group(group));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
            }
        }
    }

    /** What an earlier page ended with, and nothing newer. */
    private static long end(IndexQuery query) {
        long to = query.to().toEpochMilli();
        return query.after()
                .map(after -> Math.min(to, after.firstSeen().toEpochMilli() + 1))
                .orElse(to);
    }

    /** The newest day first, then more and more at once: a common word is answered from the first. */
    private List<IndexedMessage> bySubject(IndexQuery query, List<List<UUID>> others, long from, long to)
            throws SQLException {
        List<IndexedMessage> found = new ArrayList<>();
        long days = 1;
        long upTo = to;
        while (upTo > from && found.size() <= query.limit()) {
            long begin = Math.max(from, (Days.of(upTo - 1) - days + 1) * Days.LENGTH);
            found.addAll(hits(SearchSql.bySubject(query, others, begin, upTo)));
            upTo = begin;
            days *= 2;
        }
        return found;
    }

    private static Found found(List<IndexedMessage> hits, IndexQuery query) {
        return new Found(hits.subList(0, Math.min(hits.size(), query.limit())), hits.size() > query.limit());
    }

    private List<IndexedMessage> hits(SearchSql sql) throws SQLException {
        leave(end - System.nanoTime());
        List<IndexedMessage> messages = new ArrayList<>();
        try (PreparedStatement statement = sql.prepared(connection);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (System.nanoTime() - end >= 0) {
                    throw new IndexDeadlineException(null);
                }
                messages.add(message(rows));
            }
        }
        return messages;
    }

    private void leave(long nanos) throws SQLException {
        long millis = nanos / 1_000_000;
        if (millis < 1) {
            throw new IndexDeadlineException(null);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + millis);
        }
    }

    private IndexedMessage message(ResultSet rows) throws SQLException {
        Unpacked unpacked = new Unpacked(press);
        Array full = rows.getArray(6);
        if (full != null) {
            for (byte[] block : (byte[][]) full.getArray()) {
                unpacked.add(block);
            }
        }
        unpacked.add(rows.getBytes(5));
        return unpacked.message(
                rows.getString(2), Instant.ofEpochMilli(rows.getLong(3)), Instant.ofEpochMilli(rows.getLong(4)));
    }
}
