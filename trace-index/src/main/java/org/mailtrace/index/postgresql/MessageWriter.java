package org.mailtrace.index.postgresql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.mailtrace.index.packing.Block;
import org.mailtrace.index.packing.Draft;
import org.mailtrace.index.packing.Press;

/** Stores the messages of one batch, as few statements as there are tables. */
final class MessageWriter implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement putHome;
    private final PreparedStatement insert;
    private final PreparedStatement update;
    private final PreparedStatement putTerm;
    private final PreparedStatement deleteTerm;
    private final PreparedStatement putBlock;
    private final PreparedStatement moveBlocks;

    MessageWriter(Connection connection) throws SQLException {
        this.connection = connection;
        putHome = connection.prepareStatement("INSERT INTO home(grp, message, first_seen) VALUES(?, ?, ?)"
                + " ON CONFLICT(grp) DO UPDATE SET message = excluded.message, first_seen = excluded.first_seen");
        insert = connection.prepareStatement("INSERT INTO message(first_seen, last_seen, flags, full_rows, subject,"
                + " terms, data, id, grp) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)");
        update = connection.prepareStatement("UPDATE message SET first_seen = ?, last_seen = ?, flags = ?,"
                + " full_rows = ?, subject = ?, terms = ?, data = ? WHERE id = ? AND first_seen = ?");
        putTerm = connection.prepareStatement("INSERT INTO term(term, first_seen, message, noise) VALUES(?, ?, ?, ?)");
        deleteTerm = connection.prepareStatement("DELETE FROM term WHERE term = ? AND first_seen = ? AND message = ?");
        putBlock = connection.prepareStatement(
                "INSERT INTO block(message, from_row, first_seen, data) VALUES(?, ?, ?, ?)");
        moveBlocks =
                connection.prepareStatement("UPDATE block SET first_seen = ? WHERE message = ? AND first_seen = ?");
    }

    void store(List<Draft> drafts, Press press) throws SQLException {
        Known known = Known.of(drafts, connection);
        long number = numbers(drafts.stream().filter(draft -> !known.has(draft)).count());
        for (Draft draft : drafts) {
            if (known.has(draft)) {
                List<Block.Row> fresh = known.fresh(draft);
                if (!fresh.isEmpty()) {
                    grow(known.of(draft), draft, fresh, press);
                }
            } else {
                begin(Message.begun(number++, draft, press));
            }
        }
        // What goes, goes first: a term may be taken away and put again with another time.
        deleteTerm.executeBatch();
        moveBlocks.executeBatch();
        update.executeBatch();
        insert.executeBatch();
        putTerm.executeBatch();
        putBlock.executeBatch();
        putHome.executeBatch();
    }

    /** The first of as many new numbers, all of them ours. */
    private long numbers(long count) throws SQLException {
        if (count == 0) {
            return 0;
        }
        // We are the only one who takes any: it is our turn.
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT setval('message_number', nextval('message_number') + ?, false) - ?")) {
            statement.setLong(1, count);
            statement.setLong(2, count);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private void begin(Message message) throws SQLException {
        fill(insert, message);
        insert.setString(9, message.group);
        insert.addBatch();
        putHome(message);
        putTerms(message, message.terms());
        putFull(message);
    }

    private void grow(Message message, Draft draft, List<Block.Row> fresh, Press press) throws SQLException {
        long firstSeen = message.firstSeen;
        boolean noise = message.noise;
        Set<UUID> before = message.terms();
        message.learn(draft);
        message.add(fresh, press);
        fill(update, message);
        update.setLong(9, firstSeen);
        update.addBatch();
        Set<UUID> after = message.terms();
        boolean moved = message.firstSeen != firstSeen;
        if (moved) {
            putHome(message);
            if (message.fullRows > 0) {
                moveBlocks.setLong(1, message.firstSeen);
                moveBlocks.setLong(2, message.id);
                moveBlocks.setLong(3, firstSeen);
                moveBlocks.addBatch();
            }
        }
        for (UUID term : before) {
            if (moved || noise != message.noise || !after.contains(term)) {
                deleteTerm.setObject(1, term);
                deleteTerm.setLong(2, firstSeen);
                deleteTerm.setLong(3, message.id);
                deleteTerm.addBatch();
            } else {
                after.remove(term);
            }
        }
        putTerms(message, after);
        putFull(message);
    }

    private void putHome(Message message) throws SQLException {
        putHome.setObject(1, Digests.group(message.group));
        putHome.setLong(2, message.id);
        putHome.setLong(3, message.firstSeen);
        putHome.addBatch();
    }

    private void putTerms(Message message, Set<UUID> terms) throws SQLException {
        for (UUID term : terms) {
            putTerm.setObject(1, term);
            putTerm.setLong(2, message.firstSeen);
            putTerm.setLong(3, message.id);
            putTerm.setBoolean(4, message.noise);
            putTerm.addBatch();
        }
    }

    private void putFull(Message message) throws SQLException {
        for (var block : message.full.entrySet()) {
            putBlock.setLong(1, message.id);
            putBlock.setInt(2, block.getKey());
            putBlock.setLong(3, message.firstSeen);
            putBlock.setBytes(4, block.getValue());
            putBlock.addBatch();
        }
    }

    private static void fill(PreparedStatement statement, Message message) throws SQLException {
        statement.setLong(1, message.firstSeen);
        statement.setLong(2, message.lastSeen);
        statement.setInt(3, message.flags());
        statement.setInt(4, message.fullRows);
        statement.setString(5, message.subject());
        statement.setBytes(6, message.storedTerms());
        statement.setBytes(7, message.data);
        statement.setLong(8, message.id);
    }

    /** A text without NUL, which PostgreSQL keeps nowhere; it occurs in no name of a file or stream. */
    static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement each : List.of(putHome, insert, update, putTerm, deleteTerm, putBlock, moveBlocks)) {
            each.close();
        }
    }
}
