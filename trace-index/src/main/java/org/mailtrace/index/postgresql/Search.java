package org.mailtrace.index.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
    private static final Comparator<IndexedMessage> NEWEST_FIRST =
            Comparator.comparing(IndexedMessage::firstSeen).reversed().thenComparing(IndexedMessage::group);

    private final Connection connection;
    private final Press press;
    private final long end;
    /** Milliseconds that a statement may take by what the server was told last. */
    private long allowed;

    Search(Connection connection, Press press, Duration budget) {
        this.connection = connection;
        this.press = press;
        this.end = System.nanoTime() + budget.toNanos();
        this.allowed = budget.toMillis();
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
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT first_seen, message FROM home WHERE grp = ?")) {
            statement.setObject(1, Digests.group(group));
            List<Place> places = places(statement);
            return places.isEmpty() ? Optional.empty() : load(places).stream().findFirst();
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
        try (PreparedStatement statement = sql.prepared(connection)) {
            List<Place> places = places(statement);
            return places.isEmpty() ? List.of() : load(places);
        }
    }

    private List<Place> places(PreparedStatement statement) throws SQLException {
        stopInTime();
        List<Place> places = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                places.add(new Place(rows.getLong(1), rows.getLong(2)));
            }
        }
        return places;
    }

    /** Reads the messages at some places, newest first; only the days between these are planned for. */
    private List<IndexedMessage> load(List<Place> places) throws SQLException {
        stopInTime();
        List<IndexedMessage> messages = new ArrayList<>(places.size());
        try (PreparedStatement statement = connection.prepareStatement("SELECT m.id, m.first_seen, m.last_seen, m.grp,"
                + " m.full_rows, m.data FROM unnest(?, ?) AS k(id, at) CROSS JOIN LATERAL (SELECT * FROM message"
                + " WHERE first_seen = k.at AND id = k.id AND first_seen BETWEEN ? AND ? OFFSET 0) m")) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint", places.stream().map(Place::id).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", places.stream().map(Place::firstSeen).toArray()));
            statement.setLong(
                    3, places.stream().mapToLong(Place::firstSeen).min().orElseThrow());
            statement.setLong(
                    4, places.stream().mapToLong(Place::firstSeen).max().orElseThrow());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    messages.add(message(rows));
                }
            }
        }
        messages.sort(NEWEST_FIRST);
        return messages;
    }

    private IndexedMessage message(ResultSet rows) throws SQLException {
        if (System.nanoTime() - end >= 0) {
            throw new IndexDeadlineException(null);
        }
        Unpacked unpacked = new Unpacked(press);
        if (rows.getInt(5) > 0) {
            addFull(unpacked, rows.getLong(1), rows.getLong(2));
        }
        unpacked.add(rows.getBytes(6));
        return unpacked.message(
                rows.getString(4), Instant.ofEpochMilli(rows.getLong(2)), Instant.ofEpochMilli(rows.getLong(3)));
    }

    /** The blocks of a message with very many rows, but for the last. */
    private void addFull(Unpacked unpacked, long id, long firstSeen) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT data FROM block WHERE message = ?"
                + " AND first_seen = ? AND from_row <= " + Unpacked.MAX_ROWS + " ORDER BY from_row")) {
            statement.setLong(1, id);
            statement.setLong(2, firstSeen);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    unpacked.add(rows.getBytes(1));
                }
            }
        }
    }

    /** Lets the server give up the next statement when our time is over. */
    private void stopInTime() throws SQLException {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left < 1) {
            throw new IndexDeadlineException(null);
        }
        // A moment more or less is not worth asking the server once more for each statement.
        if (left < allowed - allowed / 10) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL statement_timeout = " + left);
            }
            allowed = left;
        }
    }

    /** Where a message stands. */
    private record Place(long firstSeen, long id) {}
}
