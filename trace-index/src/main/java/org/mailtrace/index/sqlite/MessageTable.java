package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The table of messages, as the writer uses it. */
final class MessageTable {
    private static final String COLUMNS = "SELECT id, first_seen, last_seen, flags, subject, ids, terms FROM message ";

    private final PreparedStatement select;
    private final PreparedStatement oldest;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement delete;
    private final PreparedStatement last;
    private long next;

    MessageTable(Connection connection) throws SQLException {
        select = connection.prepareStatement(COLUMNS + "WHERE grp = ?");
        oldest = connection.prepareStatement(COLUMNS + "WHERE last_seen < ? ORDER BY last_seen LIMIT 1");
        insert =
                connection.prepareStatement("INSERT INTO message(first_seen, last_seen, flags, subject, ids, terms, id,"
                        + " grp) VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
        update = connection.prepareStatement("UPDATE message SET first_seen = ?, last_seen = ?, flags = ?, subject = ?,"
                + " ids = ?, terms = ? WHERE id = ?");
        delete = connection.prepareStatement("DELETE FROM message WHERE id = ?");
        last = connection.prepareStatement("SELECT coalesce(max(id), 0) FROM message");
        remember();
    }

    Optional<StoredMessage> find(String group) throws SQLException {
        select.setString(1, group);
        return read(select);
    }

    /** The message whose last row is oldest, if it is older than this. */
    Optional<StoredMessage> oldest(long before) throws SQLException {
        oldest.setLong(1, before);
        return read(oldest);
    }

    StoredMessage begin(long at) {
        return new StoredMessage(next++, at, at);
    }

    void insert(String group, StoredMessage message) throws SQLException {
        fill(insert, message);
        insert.setString(8, group);
        insert.executeUpdate();
    }

    void update(StoredMessage message) throws SQLException {
        fill(update, message);
        update.executeUpdate();
    }

    void remove(StoredMessage message) throws SQLException {
        delete.setLong(1, message.id);
        delete.executeUpdate();
    }

    /** Reads again what number the next message gets. */
    void remember() throws SQLException {
        try (ResultSet rows = last.executeQuery()) {
            next = rows.next() ? rows.getLong(1) + 1 : 1;
        }
    }

    private static void fill(PreparedStatement statement, StoredMessage message) throws SQLException {
        String subject = message.subject();
        statement.setLong(1, message.firstSeen);
        statement.setLong(2, message.lastSeen);
        statement.setInt(3, message.flags());
        statement.setString(4, subject.isEmpty() ? null : subject);
        statement.setBytes(5, message.storedIds());
        statement.setBytes(6, message.storedTerms());
        statement.setLong(7, message.id);
    }

    private static Optional<StoredMessage> read(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                return Optional.empty();
            }
            StoredMessage message = new StoredMessage(rows.getLong(1), rows.getLong(2), rows.getLong(3));
            message.flags(rows.getInt(4));
            String subject = rows.getString(5);
            if (subject != null) {
                message.subjects.addAll(List.of(subject.split("\n", -1)));
            }
            message.ids(rows.getBytes(6));
            message.terms(rows.getBytes(7));
            return Optional.of(message);
        }
    }
}
