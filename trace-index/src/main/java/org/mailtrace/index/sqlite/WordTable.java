package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Addresses and domains by their numbers, as the writer uses them. What is remembered here was stored or read in the current
 * transaction or before it; it is forgotten when one is taken back.
 */
final class WordTable {
    /** Most addresses come again soon; the rest is looked up. */
    private static final int REMEMBERED = 100_000;

    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement last;
    private final Map<String, Long> remembered = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > REMEMBERED;
        }
    };
    private long next;

    WordTable(Connection connection) throws SQLException {
        select = connection.prepareStatement("SELECT id FROM word WHERE value = ?");
        insert = connection.prepareStatement("INSERT INTO word(id, value) VALUES(?, ?)");
        last = connection.prepareStatement("SELECT coalesce(max(id), 0) FROM word");
        remember();
    }

    /** The word's number, given to it now if it has none. */
    long of(String word) throws SQLException {
        Long known = remembered.get(word);
        if (known != null) {
            return known;
        }
        long number = find(word);
        remembered.put(word, number);
        return number;
    }

    private long find(String word) throws SQLException {
        select.setString(1, word);
        try (ResultSet rows = select.executeQuery()) {
            if (rows.next()) {
                return rows.getLong(1);
            }
        }
        insert.setLong(1, next);
        insert.setString(2, word);
        insert.executeUpdate();
        return next++;
    }

    /** Forgets everything that may not be so any more. */
    void forget() {
        remembered.clear();
    }

    /** Reads again what number the next word gets. */
    void remember() throws SQLException {
        try (ResultSet rows = last.executeQuery()) {
            next = rows.next() ? rows.getLong(1) + 1 : 1;
        }
    }
}
