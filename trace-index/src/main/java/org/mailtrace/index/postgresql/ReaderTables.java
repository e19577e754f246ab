package org.mailtrace.index.postgresql;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.packing.IdDigest;

/** Where readers stand, how far the evidence goes, and what was set aside. */
final class ReaderTables {
    /** A log that is nothing but unreadable must not fill the disk. */
    static final int MOST_DEAD_LETTERS = 10_000;

    private ReaderTables() {}

    /**
     * Stores them.
     *
     * @param now when, in milliseconds; what is set aside is as old as that
     */
    static void store(Batch batch, long now, Connection connection) throws SQLException {
        storeCheckpoints(batch.checkpoints(), connection);
        storeCoverage(batch.coverage(), connection);
        storeDeadLetters(batch.deadLetters(), now, connection);
    }

    /** One after the other: the same stream may be given twice. */
    private static void storeCheckpoints(List<Checkpoint> checkpoints, Connection connection) throws SQLException {
        try (PreparedStatement put = connection.prepareStatement("INSERT INTO checkpoint VALUES(?, ?, ?)"
                + " ON CONFLICT(part, stream) DO UPDATE SET position = excluded.position")) {
            for (Checkpoint checkpoint : checkpoints) {
                put.setString(1, MessageWriter.storable(checkpoint.part()));
                put.setString(2, MessageWriter.storable(checkpoint.stream()));
                put.setBytes(3, bytes(checkpoint.position()));
                put.executeUpdate();
            }
        }
    }

    private static void storeCoverage(List<Coverage> coverage, Connection connection) throws SQLException {
        try (PreparedStatement put =
                connection.prepareStatement("INSERT INTO coverage SELECT ?, ?, greatest(?, " + Floor.SQL
                        + "), greatest(?, " + Floor.SQL
                        + ") ON CONFLICT(part, lane) DO UPDATE SET since = excluded.since, until = excluded.until")) {
            for (Coverage lane : coverage) {
                put.setString(1, MessageWriter.storable(lane.part()));
                put.setString(2, MessageWriter.storable(lane.lane()));
                put.setLong(3, lane.since().toEpochMilli());
                put.setLong(4, lane.until().toEpochMilli());
                put.executeUpdate();
            }
        }
    }

    private static void storeDeadLetters(List<DeadLetter> letters, long now, Connection connection)
            throws SQLException {
        if (letters.isEmpty()) {
            return;
        }
        try (PreparedStatement put = connection.prepareStatement("INSERT INTO dead_letter(part, stream, place, reason,"
                        + " excerpt, digest, at) VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
                PreparedStatement removeSurplus = connection.prepareStatement("DELETE FROM dead_letter WHERE part = ?"
                        + " AND id <= (SELECT id FROM dead_letter WHERE part = ? ORDER BY id DESC OFFSET "
                        + MOST_DEAD_LETTERS + " LIMIT 1)")) {
            for (DeadLetter letter : letters) {
                put.setString(1, MessageWriter.storable(letter.part()));
                put.setString(2, MessageWriter.storable(letter.stream()));
                put.setLong(3, letter.offset());
                put.setString(4, MessageWriter.storable(letter.reason()));
                put.setBytes(5, bytes(letter.excerpt()));
                put.setBytes(6, IdDigest.of(letter.excerpt()).bytes());
                put.setLong(7, now);
                put.addBatch();
            }
            put.executeBatch();
            for (String part : letters.stream().map(DeadLetter::part).distinct().toList()) {
                removeSurplus.setString(1, MessageWriter.storable(part));
                removeSurplus.setString(2, MessageWriter.storable(part));
                removeSurplus.executeUpdate();
            }
        }
    }

    /** Lets no lane begin earlier, and forgets what was set aside before then, by the clock. */
    static void purge(long floor, long setAsideBefore, Connection connection) throws SQLException {
        try (PreparedStatement raise = connection.prepareStatement(
                        "UPDATE coverage SET since = ?, until = greatest(until, ?) WHERE since < ?");
                PreparedStatement forget = connection.prepareStatement("DELETE FROM dead_letter WHERE at < ?")) {
            raise.setLong(1, floor);
            raise.setLong(2, floor);
            raise.setLong(3, floor);
            raise.executeUpdate();
            forget.setLong(1, setAsideBefore);
            forget.executeUpdate();
        }
    }

    static Map<String, String> checkpoints(String part, Connection connection) throws SQLException {
        Map<String, String> checkpoints = new LinkedHashMap<>();
        select("SELECT stream, position FROM checkpoint WHERE part = ? ORDER BY stream", part, connection, rows -> {
            checkpoints.put(rows.getString(1), text(rows.getBytes(2)));
        });
        return checkpoints;
    }

    static void forget(String part, Collection<String> streams, Connection connection) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM checkpoint WHERE part = ? AND stream = ANY(?)")) {
            delete.setString(1, MessageWriter.storable(part));
            delete.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            streams.stream().map(MessageWriter::storable).toArray()));
            delete.executeUpdate();
        }
    }

    static List<Coverage> coverage(String part, Connection connection) throws SQLException {
        List<Coverage> lanes = new ArrayList<>();
        select("SELECT lane, since, until FROM coverage WHERE part = ? ORDER BY lane", part, connection, rows -> {
            lanes.add(new Coverage(
                    part,
                    rows.getString(1),
                    Instant.ofEpochMilli(rows.getLong(2)),
                    Instant.ofEpochMilli(rows.getLong(3))));
        });
        return lanes;
    }

    static List<DeadLetter> deadLetters(String part, int limit, Connection connection) throws SQLException {
        List<DeadLetter> letters = new ArrayList<>();
        select(
                "SELECT stream, place, reason, excerpt FROM dead_letter WHERE part = ? ORDER BY id DESC LIMIT " + limit,
                part,
                connection,
                rows -> {
                    letters.add(new DeadLetter(
                            part, rows.getString(1), rows.getLong(2), rows.getString(3), text(rows.getBytes(4))));
                });
        return letters;
    }

    static long deadLetterCount(String part, Connection connection) throws SQLException {
        List<Long> count = new ArrayList<>();
        select("SELECT count(*) FROM dead_letter WHERE part = ?", part, connection, rows -> {
            count.add(rows.getLong(1));
        });
        return count.getFirst();
    }

    private static void select(String sql, String part, Connection connection, RowReader each) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, MessageWriter.storable(part));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.read(rows);
                }
            }
        }
    }

    /** What comes from logs is kept as bytes, because a text holds no NUL. */
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads one row of a result. */
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
