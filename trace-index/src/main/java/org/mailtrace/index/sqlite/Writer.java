package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.Batch;
import org.mailtrace.index.Checkpoint;
import org.mailtrace.index.Coverage;
import org.mailtrace.index.DeadLetter;
import org.mailtrace.index.IndexRow;

/** The one writer: stores a batch in one transaction. Not safe for several threads; its owner takes turns. */
final class Writer implements AutoCloseable {
    private static final String NULL_SENDER = "<>";

    private final Connection connection;
    private final Press press;
    private final PreparedStatement insertRow;
    private final PreparedStatement insertIdentity;
    private final PreparedStatement selectWord;
    private final PreparedStatement insertWord;
    private final PreparedStatement insertTerm;
    private final PreparedStatement insertDeadLetter;
    private final PreparedStatement putCheckpoint;
    private final PreparedStatement putCoverage;
    private final MessageTable messages;
    /** Terms of the batch at hand: rows of one message stand together and repeat its addresses. */
    private final Set<Term> stored = new HashSet<>();

    Writer(Connection connection, Press press) throws SQLException {
        this.connection = connection;
        this.press = press;
        connection.setAutoCommit(false);
        insertRow = connection.prepareStatement("INSERT OR IGNORE INTO log_row VALUES(?, ?, ?, ?, ?, ?)");
        insertIdentity = connection.prepareStatement("INSERT OR IGNORE INTO identity VALUES(?, ?)");
        selectWord = connection.prepareStatement("SELECT id FROM word WHERE kind = ? AND value = ?");
        insertWord = connection.prepareStatement("INSERT INTO word(kind, value) VALUES(?, ?) RETURNING id");
        insertTerm = connection.prepareStatement("INSERT OR IGNORE INTO term VALUES(?, ?, ?)");
        insertDeadLetter = connection.prepareStatement(
                "INSERT OR IGNORE INTO dead_letter(part, stream, offset, reason, excerpt) VALUES(?, ?, ?, ?, ?)");
        putCheckpoint = connection.prepareStatement("INSERT OR REPLACE INTO checkpoint VALUES(?, ?, ?)");
        putCoverage = connection.prepareStatement("INSERT OR REPLACE INTO coverage VALUES(?, ?, ?, ?)");
        messages = new MessageTable(connection);
    }

    void store(Batch batch) throws SQLException {
        Map<String, Long> words = new HashMap<>();
        stored.clear();
        try {
            for (IndexRow row : batch.rows()) {
                store(row, words);
            }
            for (DeadLetter letter : batch.deadLetters()) {
                store(letter);
            }
            for (Checkpoint checkpoint : batch.checkpoints()) {
                putCheckpoint.setString(1, checkpoint.part());
                putCheckpoint.setString(2, checkpoint.stream());
                putCheckpoint.setString(3, checkpoint.position());
                putCheckpoint.executeUpdate();
            }
            for (Coverage coverage : batch.coverage()) {
                putCoverage.setString(1, coverage.part());
                putCoverage.setString(2, coverage.lane());
                putCoverage.setLong(3, coverage.since().toEpochMilli());
                putCoverage.setLong(4, coverage.until().toEpochMilli());
                putCoverage.executeUpdate();
            }
            connection.commit();
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private void store(IndexRow row, Map<String, Long> words) throws SQLException {
        StoredMessage message = messages.of(row);
        insertRow.setLong(1, message.id());
        insertRow.setLong(2, row.at().toEpochMilli());
        insertRow.setString(3, row.key());
        insertRow.setString(4, row.part());
        insertRow.setInt(5, row.noise() ? 1 : 0);
        insertRow.setBytes(6, press.press(row.body()));
        if (insertRow.executeUpdate() == 0) {
            return;
        }
        StoredMessage grown = messages.grow(message, row);
        for (String id : row.ids()) {
            insertIdentity.setString(1, id);
            insertIdentity.setLong(2, grown.id());
            insertIdentity.executeUpdate();
        }
        for (String recipient : row.recipients()) {
            address(WordKind.RECIPIENT, WordKind.RECIPIENT_DOMAIN, recipient, grown, words);
        }
        if (row.sender().isPresent()) {
            address(WordKind.SENDER, WordKind.SENDER_DOMAIN, row.sender().get(), grown, words);
        }
        if (row.author().isPresent()) {
            address(WordKind.AUTHOR, WordKind.AUTHOR_DOMAIN, row.author().get(), grown, words);
        }
    }

    private void address(
            WordKind whole, WordKind domain, String address, StoredMessage message, Map<String, Long> words)
            throws SQLException {
        String value = address.strip().toLowerCase(Locale.ROOT);
        if (value.isEmpty()) {
            return;
        }
        term(whole, value, message, words);
        String host = value.equals(NULL_SENDER) ? "" : AddressPattern.domainOf(value);
        if (!host.isEmpty()) {
            term(domain, host, message, words);
        }
    }

    private void term(WordKind kind, String value, StoredMessage message, Map<String, Long> words) throws SQLException {
        String cached = kind.number() + value;
        Long word = words.get(cached);
        if (word == null) {
            word = word(kind, value);
            words.put(cached, word);
        }
        if (!stored.add(new Term(word, message.firstSeen(), message.id()))) {
            return;
        }
        insertTerm.setLong(1, word);
        insertTerm.setLong(2, message.firstSeen());
        insertTerm.setLong(3, message.id());
        insertTerm.executeUpdate();
    }

    private long word(WordKind kind, String value) throws SQLException {
        selectWord.setInt(1, kind.number());
        selectWord.setString(2, value);
        try (ResultSet known = selectWord.executeQuery()) {
            if (known.next()) {
                return known.getLong(1);
            }
        }
        insertWord.setInt(1, kind.number());
        insertWord.setString(2, value);
        try (ResultSet made = insertWord.executeQuery()) {
            made.next();
            return made.getLong(1);
        }
    }

    private void store(DeadLetter letter) throws SQLException {
        insertDeadLetter.setString(1, letter.part());
        insertDeadLetter.setString(2, letter.stream());
        insertDeadLetter.setLong(3, letter.offset());
        insertDeadLetter.setString(4, letter.reason());
        insertDeadLetter.setString(5, letter.excerpt());
        insertDeadLetter.executeUpdate();
    }

    @Override
    public void close() throws SQLException {
        press.close();
        connection.close();
    }

    /** A word of a message. */
    private record Term(long word, long firstSeen, long message) {}
}
