package org.mailtrace.index.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Removes what is old: whole days by dropping them, what is left of them in small steps. */
final class Purging {
    /** Days that one transaction drops; the next run drops more. */
    private static final int DAYS = 4;

    private final Connection connection;
    private final int limit;

    Purging(Connection connection, int limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /** Removes up to the limit, and returns how many messages went. */
    int before(long before) throws SQLException {
        long floor = Floor.raise(connection, Days.of(before) * Days.LENGTH);
        ReaderTables.purge(floor, before, connection);
        List<Long> old = Days.present(connection).stream()
                .filter(day -> day < Days.of(floor))
                .toList();
        List<Long> now = old.subList(0, Math.min(DAYS, old.size()));
        for (long day : now) {
            Days.drop(connection, day, floor);
        }
        long gone = old.size() > now.size() ? old.get(now.size()) * Days.LENGTH : floor;
        removeFromRest(floor);
        return forgetHomes(gone);
    }

    private void removeFromRest(long floor) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT id, first_seen, terms FROM message_rest WHERE last_seen < ? ORDER BY last_seen LIMIT ?");
                PreparedStatement delete = connection.prepareStatement(
                        "DELETE FROM term_rest WHERE term = ? AND first_seen = ? AND message = ?")) {
            select.setLong(1, floor);
            select.setInt(2, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                    for (UUID term : Message.terms(rows.getBytes(3))) {
                        delete.setObject(1, term);
                        delete.setLong(2, rows.getLong(2));
                        delete.setLong(3, rows.getLong(1));
                        delete.addBatch();
                    }
                }
            }
            delete.executeBatch();
        }
        if (!ids.isEmpty()) {
            Array removed = connection.createArrayOf("bigint", ids.toArray());
            delete("DELETE FROM block_rest WHERE message = ANY(?)", removed);
            delete("DELETE FROM message_rest WHERE id = ANY(?)", removed);
        }
    }

    private void delete(String sql, Array ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, ids);
            statement.executeUpdate();
        }
    }

    /** Messages of days that are gone, and are not in the rest, are not anywhere. */
    private int forgetHomes(long gone) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM home WHERE grp IN (SELECT h.grp"
                + " FROM home h WHERE h.first_seen < ? AND NOT EXISTS (SELECT 1 FROM message_rest m"
                + " WHERE m.id = h.message) ORDER BY h.first_seen LIMIT ?)")) {
            statement.setLong(1, gone);
            statement.setInt(2, limit);
            return statement.executeUpdate();
        }
    }
}
