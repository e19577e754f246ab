package org.mailtrace.index.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mailtrace.index.packing.Block;
import org.mailtrace.index.packing.Draft;

/** Messages of a batch that are stored already, read for their writer. */
final class Known {
    private final Connection connection;
    private final Map<String, Message> messages = new HashMap<>();

    private Known(Connection connection) {
        this.connection = connection;
    }

    static Known of(List<Draft> drafts, Connection connection) throws SQLException {
        Known known = new Known(connection);
        known.read(drafts);
        return known;
    }

    boolean has(Draft draft) {
        return messages.containsKey(draft.group());
    }

    Message of(Draft draft) {
        return messages.get(draft.group());
    }

    /** The rows of a draft that are not stored yet. */
    List<Block.Row> fresh(Draft draft) throws SQLException {
        Message message = of(draft);
        Set<Long> keys = new HashSet<>();
        Block.keys(message.data, keys);
        if (message.fullRows > 0) {
            addFull(message, keys);
        }
        return draft.rows().stream().filter(row -> keys.add(row.key())).toList();
    }

    private void addFull(Message message, Set<Long> keys) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT data FROM block WHERE message = ? AND first_seen = ?")) {
            statement.setLong(1, message.id);
            statement.setLong(2, message.firstSeen);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Block.keys(rows.getBytes(1), keys);
                }
            }
        }
    }

    private void read(List<Draft> drafts) throws SQLException {
        List<Long> ids = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        Array groups = connection.createArrayOf(
                "uuid", drafts.stream().map(Draft::group).map(Digests::group).toArray());
        try (PreparedStatement homes =
                connection.prepareStatement("SELECT message, first_seen FROM home WHERE grp = ANY(?)")) {
            homes.setArray(1, groups);
            try (ResultSet rows = homes.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                    times.add(rows.getLong(2));
                }
            }
        }
        if (!ids.isEmpty()) {
            read(ids, times);
        }
    }

    /** The times are given twice, once as bounds, so that only the days that matter are planned for. */
    private void read(List<Long> ids, List<Long> times) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT m.id, m.grp, m.first_seen, m.last_seen,"
                + " m.flags, m.full_rows, m.subject, m.terms, m.data FROM unnest(?, ?) AS k(id, at) CROSS JOIN LATERAL"
                + " (SELECT * FROM message WHERE first_seen = k.at AND id = k.id AND first_seen BETWEEN ? AND ?"
                + " OFFSET 0) m")) {
            statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            statement.setArray(2, connection.createArrayOf("bigint", times.toArray()));
            statement.setLong(3, times.stream().mapToLong(Long::longValue).min().orElseThrow());
            statement.setLong(4, times.stream().mapToLong(Long::longValue).max().orElseThrow());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Message message = Message.stored(
                            rows.getLong(1),
                            rows.getString(2),
                            rows.getLong(3),
                            rows.getLong(4),
                            rows.getInt(5),
                            rows.getInt(6));
                    message.stored(rows.getString(7), rows.getBytes(8), rows.getBytes(9));
                    messages.put(message.group, message);
                }
            }
        }
    }
}
