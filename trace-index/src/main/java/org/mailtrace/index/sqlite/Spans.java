package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The times that a stretch of message numbers covers. Messages are numbered as they arrive, nearly in order of time: a
 * search of subjects reads only the stretches that a window touches, and ends when no older one can hold anything newer.
 */
final class Spans {
    /** Messages per span, as a power of two. */
    static final int BITS = 13;

    private final PreparedStatement select;
    private final PreparedStatement put;
    private final PreparedStatement deleteEmpty;
    private final Map<Long, Span> changed = new HashMap<>();
    private final Set<Long> shrunk = new HashSet<>();

    Spans(Connection connection) throws SQLException {
        select = connection.prepareStatement("SELECT oldest, newest FROM span WHERE id = ?");
        put = connection.prepareStatement("INSERT OR REPLACE INTO span VALUES(?, ?, ?)");
        deleteEmpty = connection.prepareStatement("DELETE FROM span WHERE id = ?1 AND NOT EXISTS"
                + " (SELECT 1 FROM message WHERE id >= ?1 << " + BITS + " AND id < (?1 + 1) << " + BITS + ")");
    }

    /** A span never shrinks: one that is too wide costs time, one that is too narrow would lose messages. */
    void add(long message, long firstSeen) throws SQLException {
        long id = message >> BITS;
        Span known = changed.get(id);
        if (known == null) {
            known = stored(id, firstSeen);
        }
        changed.put(id, new Span(Math.min(known.oldest(), firstSeen), Math.max(known.newest(), firstSeen)));
    }

    /** Notes that a message was removed. */
    void removed(long message) {
        shrunk.add(message >> BITS);
    }

    /** A span goes with its last message, or there would be one more for ever with each of so many messages. */
    void removeEmpty() throws SQLException {
        for (long id : shrunk) {
            deleteEmpty.setLong(1, id);
            deleteEmpty.executeUpdate();
        }
        shrunk.clear();
    }

    void store() throws SQLException {
        for (Map.Entry<Long, Span> span : changed.entrySet()) {
            put.setLong(1, span.getKey());
            put.setLong(2, span.getValue().oldest());
            put.setLong(3, span.getValue().newest());
            put.executeUpdate();
        }
        changed.clear();
    }

    void forget() {
        changed.clear();
        shrunk.clear();
    }

    private Span stored(long id, long firstSeen) throws SQLException {
        select.setLong(1, id);
        try (ResultSet rows = select.executeQuery()) {
            return rows.next() ? new Span(rows.getLong(1), rows.getLong(2)) : new Span(firstSeen, firstSeen);
        }
    }

    /** First and last time, milliseconds since 1970. */
    private record Span(long oldest, long newest) {}
}
