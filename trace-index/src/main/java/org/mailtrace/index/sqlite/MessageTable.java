package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.index.IndexRow;

/**
 * Messages as the writer sees them. Rows of one message come in any order and from several servers, so what is known of
 * it only ever grows: earlier, later, one more subject.
 */
final class MessageTable {
    private final PreparedStatement select;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement moveTerms;
    private final PreparedStatement putSubject;

    MessageTable(Connection connection) throws SQLException {
        select = connection.prepareStatement(
                "SELECT id, first_seen, last_seen, noise, sender_known, subject FROM message WHERE grp = ?");
        insert = connection.prepareStatement(
                "INSERT INTO message(grp, first_seen, last_seen, noise, sender_known) VALUES(?, ?, ?, 1, 0) RETURNING id");
        update = connection.prepareStatement("UPDATE message SET first_seen = ?, last_seen = ?, noise = ?,"
                + " sender_known = ?, subject = ? WHERE id = ?");
        moveTerms = connection.prepareStatement("UPDATE term SET first_seen = ? WHERE message = ?");
        putSubject = connection.prepareStatement("INSERT OR REPLACE INTO subject_text(rowid, text) VALUES(?, ?)");
    }

    /** The message that the row belongs to, made if it is new. */
    StoredMessage of(IndexRow row) throws SQLException {
        select.setString(1, row.group());
        try (ResultSet known = select.executeQuery()) {
            if (known.next()) {
                return new StoredMessage(
                        known.getLong(1),
                        known.getLong(2),
                        known.getLong(3),
                        known.getBoolean(4),
                        known.getBoolean(5),
                        Optional.ofNullable(known.getString(6))
                                .map(text -> List.of(text.split("\n", -1)))
                                .orElse(List.of()));
            }
        }
        long at = row.at().toEpochMilli();
        insert.setString(1, row.group());
        insert.setLong(2, at);
        insert.setLong(3, at);
        try (ResultSet made = insert.executeQuery()) {
            made.next();
            return new StoredMessage(made.getLong(1), at, at, true, false, List.of());
        }
    }

    /** What is known of the message once the row is part of it. */
    StoredMessage grow(StoredMessage message, IndexRow row) throws SQLException {
        long at = row.at().toEpochMilli();
        // A line break cannot be asked for, so joined subjects never match across their border.
        Optional<String> subject =
                row.subject().map(text -> text.replace('\n', ' ').strip());
        boolean newSubject = subject.filter(
                        text -> !text.isEmpty() && !message.subjects().contains(text))
                .isPresent();
        StoredMessage grown = new StoredMessage(
                message.id(),
                Math.min(message.firstSeen(), at),
                Math.max(message.lastSeen(), at),
                message.noise() && row.noise(),
                message.senderKnown() || row.sender().isPresent(),
                newSubject
                        ? Stream.concat(message.subjects().stream(), subject.stream())
                                .toList()
                        : message.subjects());
        if (grown.equals(message)) {
            return message;
        }
        String subjects = String.join("\n", grown.subjects());
        update.setLong(1, grown.firstSeen());
        update.setLong(2, grown.lastSeen());
        update.setInt(3, grown.noise() ? 1 : 0);
        update.setInt(4, grown.senderKnown() ? 1 : 0);
        update.setString(5, subjects.isEmpty() ? null : subjects);
        update.setLong(6, grown.id());
        update.executeUpdate();
        if (grown.firstSeen() != message.firstSeen()) {
            moveTerms.setLong(1, grown.firstSeen());
            moveTerms.setLong(2, grown.id());
            moveTerms.executeUpdate();
        }
        if (newSubject) {
            putSubject.setLong(1, grown.id());
            putSubject.setString(2, subjects);
            putSubject.executeUpdate();
        }
        return grown;
    }
}
