package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * The times that a stretch of message numbers covers. Messages are numbered as they arrive, nearly in order of time: a
 * search of subjects reads only the stretches that a window touches, and ends when no older one can hold anything newer.
 */
final class Spans {
    /** Messages per span, as a power of two. */
    static final int BITS = 13;

    private final PreparedStatement select;
    private final PreparedStatement put;
    private final Map<Long, Span> changed = new HashMap<>();

    Spans(Connection connection) throws SQLException {
        select = connection.prepareStatement("SELECT oldest, newest FROM span WHERE id = ?");
        put = connection.prepareStatement("INSERT OR REPLACE INTO span VALUES(?, ?, ?)");
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
