package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.IndexRow;

/** Stores and removes messages with everything they are found by. */
final class MessageWriter {
    private static final String NULL_SENDER = "<>";

    private final MessageTable messages;
    private final Blocks blocks;
    private final Numbers words;
    private final Numbers parts;
    private final Spans spans;
    private final PreparedStatement putIdentity;
    private final PreparedStatement deleteIdentity;
    private final PreparedStatement putTerm;
    private final PreparedStatement deleteTerm;
    private final PreparedStatement putSubject;
    private final PreparedStatement deleteSubject;
    private final PreparedStatement deleteWord;

    MessageWriter(Connection connection, Press press) throws SQLException {
        words = new Numbers(connection, "word", "value");
        parts = new Numbers(connection, "part", "name");
        blocks = new Blocks(connection, press, parts);
        spans = new Spans(connection);
        messages = new MessageTable(connection);
        putIdentity = connection.prepareStatement("INSERT OR IGNORE INTO identity VALUES(?, ?)");
        deleteIdentity = connection.prepareStatement("DELETE FROM identity WHERE value = ? AND message = ?");
        putTerm = connection.prepareStatement("INSERT OR IGNORE INTO term VALUES(?, ?, ?)");
        deleteTerm = connection.prepareStatement("DELETE FROM term WHERE term = ? AND first_seen = ? AND message = ?");
        putSubject = connection.prepareStatement("INSERT OR REPLACE INTO subject_text(rowid, text) VALUES(?, ?)");
        deleteSubject = connection.prepareStatement("DELETE FROM subject_text WHERE rowid = ?");
        deleteWord = connection.prepareStatement("DELETE FROM word WHERE id = ?1 AND NOT EXISTS"
                + " (SELECT 1 FROM term WHERE term BETWEEN ?1 << 2 AND ?1 << 2 | 3)");
    }

    /** Adds rows of one message. */
    void add(String group, List<IndexRow> rows) throws SQLException {
        Optional<StoredMessage> known = messages.find(group);
        Blocks.Written written = known.isPresent() ? blocks.of(known.get().id) : null;
        StoredMessage message =
                known.orElseGet(() -> messages.begin(rows.getFirst().at().toEpochMilli()));
        if (written == null) {
            written = new Blocks.Written(Blocks.first(message.id));
        }
        List<IndexRow> fresh = new ArrayList<>(rows.size());
        for (IndexRow row : rows) {
            if (written.isNew(row)) {
                fresh.add(row);
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        blocks.add(written, fresh);
        grow(message, fresh, known.isPresent());
        spans.add(message.id, message.firstSeen);
        if (known.isPresent()) {
            messages.update(message);
        } else {
            messages.insert(group, message);
        }
    }

    /** Removes the message whose last row is oldest; false if none is older than this, milliseconds since 1970. */
    boolean removeOldest(long before) throws SQLException {
        Optional<StoredMessage> oldest = messages.oldest(before);
        if (oldest.isEmpty()) {
            return false;
        }
        StoredMessage message = oldest.get();
        Set<Long> unused = new HashSet<>();
        for (long term : message.terms) {
            removeTerm(term, message);
            unused.add(Role.word(term));
        }
        for (long word : unused) {
            deleteWord.setLong(1, word);
            deleteWord.executeUpdate();
        }
        for (IdDigest id : message.ids) {
            deleteIdentity.setBytes(1, id.bytes());
            deleteIdentity.setLong(2, message.id);
            deleteIdentity.executeUpdate();
        }
        if (!message.subjects.isEmpty()) {
            deleteSubject.setLong(1, message.id);
            deleteSubject.executeUpdate();
        }
        blocks.remove(message.id);
        messages.remove(message);
        return true;
    }

    /** Stores what is only stored once per transaction. */
    void finish() throws SQLException {
        spans.store();
    }

    /** Forgets everything that a transaction taken back had made known. */
    void forget() throws SQLException {
        words.forget();
        parts.forget();
        messages.forget();
        spans.forget();
    }

    private void grow(StoredMessage message, List<IndexRow> rows, boolean stored) throws SQLException {
        long firstSeen = message.firstSeen;
        int subjects = message.subjects.size();
        Set<Long> terms = stored ? Set.copyOf(message.terms) : Set.of();
        for (IndexRow row : rows) {
            long at = row.at().toEpochMilli();
            message.firstSeen = Math.min(message.firstSeen, at);
            message.lastSeen = Math.max(message.lastSeen, at);
            message.noise &= row.noise();
            message.senderKnown |= row.sender().isPresent();
            row.subject()
                    .map(text -> text.replace('\n', ' ').strip())
                    .filter(text -> !text.isEmpty())
                    .ifPresent(message.subjects::add);
        }
        addTerms(message, rows);
        if (stored && message.firstSeen != firstSeen) {
            for (long term : terms) {
                removeTerm(term, firstSeen, message.id);
            }
            terms = Set.of();
        }
        storeTerms(message, terms);
        storeIds(message, rows);
        if (message.subjects.size() != subjects) {
            putSubject.setLong(1, message.id);
            putSubject.setString(2, message.subject());
            putSubject.executeUpdate();
        }
    }

    private void addTerms(StoredMessage message, List<IndexRow> rows) throws SQLException {
        Set<String> recipients = new HashSet<>();
        Set<String> senders = new HashSet<>();
        Set<String> authors = new HashSet<>();
        for (IndexRow row : rows) {
            recipients.addAll(row.recipients());
            row.sender().ifPresent(senders::add);
            row.author().ifPresent(authors::add);
        }
        addTerms(message, Role.RECIPIENT, recipients);
        addTerms(message, Role.SENDER, senders);
        if (!message.senderKnown) {
            addTerms(message, Role.AUTHOR, authors);
        }
    }

    private void addTerms(StoredMessage message, Role role, Set<String> addresses) throws SQLException {
        for (String address : addresses) {
            String value = address.strip().toLowerCase(Locale.ROOT);
            if (value.isEmpty()) {
                continue;
            }
            message.terms.add(role.term(words.of(value)));
            String domain = value.equals(NULL_SENDER) ? "" : AddressPattern.domainOf(value);
            if (!domain.isEmpty()) {
                message.terms.add(role.term(words.of('@' + domain)));
            }
        }
    }

    private void storeTerms(StoredMessage message, Set<Long> stored) throws SQLException {
        if (message.senderKnown) {
            for (long term : List.copyOf(message.terms)) {
                if (Role.AUTHOR.is(term)) {
                    message.terms.remove(term);
                    removeTerm(term, message);
                }
            }
        }
        for (long term : message.terms) {
            if (!stored.contains(term)) {
                putTerm.setLong(1, term);
                putTerm.setLong(2, message.firstSeen);
                putTerm.setLong(3, message.id);
                putTerm.executeUpdate();
            }
        }
    }

    private void removeTerm(long term, StoredMessage message) throws SQLException {
        removeTerm(term, message.firstSeen, message.id);
    }

    private void removeTerm(long term, long firstSeen, long message) throws SQLException {
        deleteTerm.setLong(1, term);
        deleteTerm.setLong(2, firstSeen);
        deleteTerm.setLong(3, message);
        deleteTerm.executeUpdate();
    }

    private void storeIds(StoredMessage message, List<IndexRow> rows) throws SQLException {
        Set<String> ids = new HashSet<>();
        rows.forEach(row -> ids.addAll(row.ids()));
        for (String id : ids) {
            IdDigest digest = IdDigest.of(id);
            if (!message.ids.contains(digest)) {
                message.ids.add(digest);
                putIdentity.setBytes(1, digest.bytes());
                putIdentity.setLong(2, message.id);
                putIdentity.executeUpdate();
            }
        }
    }
}
