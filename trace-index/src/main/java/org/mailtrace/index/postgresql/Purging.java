package org.mailtrace.index.postgresql;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * Removes what is old: whole days by dropping them, what is left of them in small steps. Each is a transaction of its own,
 * so that batches get their turn in between.
 */
final class Purging {
    /** Where the homes of messages that are gone are looked for next; behind it they lie dead until they are cleaned up. */
    private volatile long forgottenUpTo = Long.MIN_VALUE;

    /**
     * Drops one day, if there is one to drop; otherwise removes up to the limit.
     *
     * @return how many messages went; empty if it was a day
     */
    OptionalInt step(Connection connection, long before, int limit) throws SQLException {
        long floor = Floor.raise(connection, Days.of(before) * Days.LENGTH);
        ReaderTables.purge(floor, before, connection);
        for (long day : Days.present(connection)) {
            OldDay old = new OldDay(connection, day, floor);
            if (day < Days.of(floor) && old.canGo()) {
                old.drop();
                return OptionalInt.empty();
            }
        }
        removeFromRest(connection, floor, limit);
        return OptionalInt.of(forgetHomes(connection, floor, limit));
    }

    private static void removeFromRest(Connection connection, long floor, int limit) throws SQLException {
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
            delete(connection, "DELETE FROM block_rest WHERE message = ANY(?)", removed);
            delete(connection, "DELETE FROM message_rest WHERE id = ANY(?)", removed);
        }
    }

    private static void delete(Connection connection, String sql, Array ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, ids);
            statement.executeUpdate();
        }
    }

    /** Messages of days that are gone, and went on nowhere; looked up one by one, which no plan turns into a join. */
    private int forgetHomes(Connection connection, long floor, int limit) throws SQLException {
        int forgotten = 0;
        long last = forgottenUpTo;
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM home WHERE grp IN (SELECT h.grp"
                + " FROM home h WHERE h.first_seen >= ? AND h.first_seen < ? AND (SELECT count(*) FROM message m"
                + " WHERE m.id = h.message AND m.first_seen = h.first_seen AND m.first_seen < ?) = 0"
                + " ORDER BY h.first_seen LIMIT ?) RETURNING first_seen")) {
            statement.setLong(1, last);
            statement.setLong(2, floor);
            statement.setLong(3, floor);
            statement.setInt(4, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    forgotten++;
                    last = Math.max(last, rows.getLong(1));
                }
            }
        }
        // Whatever a failed commit left behind is found by the next round, which begins at the beginning.
        forgottenUpTo = forgotten < limit ? Long.MIN_VALUE : last;
        return forgotten;
    }
}
