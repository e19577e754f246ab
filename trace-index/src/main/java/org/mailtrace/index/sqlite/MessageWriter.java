package org.mailtrace.index.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.index.packing.Block;
import org.mailtrace.index.packing.Draft;
import org.mailtrace.index.packing.IdDigest;
import org.mailtrace.index.packing.Press;
import org.mailtrace.index.packing.Role;
import org.mailtrace.index.packing.SubjectText;

/** Stores and removes messages with everything they are found by. */
final class MessageWriter {
    private final MessageTable messages;
    private final Blocks blocks;
    private final WordTable words;
    private final Spans spans;
    private final PreparedStatement putIdentity;
    private final PreparedStatement deleteIdentity;
    private final PreparedStatement putTerm;
    private final PreparedStatement deleteTerm;
    private final PreparedStatement putSubject;
    private final PreparedStatement replaceSubject;
    private final PreparedStatement deleteSubject;
    private final PreparedStatement deleteWord;

    MessageWriter(Connection connection, Press press) throws SQLException {
        words = new WordTable(connection);
        blocks = new Blocks(connection, press);
        spans = new Spans(connection);
        messages = new MessageTable(connection);
        putIdentity = connection.prepareStatement("INSERT OR IGNORE INTO identity VALUES(?, ?)");
        deleteIdentity = connection.prepareStatement("DELETE FROM identity WHERE value = ? AND message = ?");
        putTerm = connection.prepareStatement("INSERT OR IGNORE INTO term VALUES(?, ?, ?)");
        deleteTerm = connection.prepareStatement("DELETE FROM term WHERE term = ? AND first_seen = ? AND message = ?");
        putSubject = connection.prepareStatement("INSERT INTO subject_text(rowid, text) VALUES(?, ?)");
        replaceSubject = connection.prepareStatement("INSERT OR REPLACE INTO subject_text(rowid, text) VALUES(?, ?)");
        deleteSubject = connection.prepareStatement("DELETE FROM subject_text WHERE rowid = ?");
        deleteWord = connection.prepareStatement("DELETE FROM word WHERE id = ?1 AND NOT EXISTS"
                + " (SELECT 1 FROM term WHERE term BETWEEN ?1 << 2 AND ?1 << 2 | 3)");
    }

    /** Adds rows of one message. */
    void add(Draft draft) throws SQLException {
        Optional<StoredMessage> known = messages.find(draft.group());
        if (known.isEmpty()) {
            StoredMessage message = messages.begin(draft.firstSeen());
            blocks.begin(message.id, draft);
            grow(message, draft, false);
            messages.insert(draft.group(), message);
            return;
        }
        Blocks.Written written = blocks.of(known.get().id);
        List<Block.Row> fresh = draft.rows().stream().filter(written::isNew).toList();
        if (!fresh.isEmpty()) {
            blocks.add(written, fresh);
            grow(known.get(), draft, true);
            messages.update(known.get());
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
        spans.removed(message.id);
        messages.remove(message);
        return true;
    }

    /** Removes the spans whose last message was removed. */
    void removeEmptySpans() throws SQLException {
        spans.removeEmpty();
    }

    /** Stores what is only stored once per transaction. */
    void finish() throws SQLException {
        spans.store();
    }

    /** Forgets everything that a transaction taken back had made known; touches the store in no way. */
    void forget() {
        words.forget();
        spans.forget();
    }

    /** Reads again what the next numbers are. */
    void remember() throws SQLException {
        words.remember();
        messages.remember();
    }

    private void grow(StoredMessage message, Draft draft, boolean stored) throws SQLException {
        long firstSeen = message.firstSeen;
        message.firstSeen = Math.min(message.firstSeen, draft.firstSeen());
        message.lastSeen = Math.max(message.lastSeen, draft.lastSeen());
        message.noise &= draft.noise();
        message.senderKnown |= draft.senderKnown();
        Set<Long> terms = stored ? Set.copyOf(message.terms) : Set.of();
        if (stored && message.firstSeen != firstSeen) {
            for (long term : terms) {
                removeTerm(term, firstSeen, message.id);
            }
            terms = Set.of();
        }
        addTerms(message, Role.RECIPIENT, draft);
        addTerms(message, Role.SENDER, draft);
        if (!message.senderKnown) {
            addTerms(message, Role.AUTHOR, draft);
        }
        storeTerms(message, terms);
        storeIds(message, draft);
        if (message.subjects.addAll(draft.subjects())) {
            storeSubject(message, stored);
        }
        spans.add(message.id, message.firstSeen);
    }

    private void addTerms(StoredMessage message, Role role, Draft draft) throws SQLException {
        for (String word : draft.words(role)) {
            message.terms.add(role.term(words.of(word)));
        }
    }

    private void storeSubject(StoredMessage message, boolean stored) throws SQLException {
        PreparedStatement statement = stored ? replaceSubject : putSubject;
        statement.setLong(1, message.id);
        statement.setString(2, SubjectText.fold(message.subject()));
        statement.executeUpdate();
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

    private void storeIds(StoredMessage message, Draft draft) throws SQLException {
        for (IdDigest digest : draft.ids()) {
            if (!message.ids.contains(digest)) {
                message.ids.add(digest);
                putIdentity.setBytes(1, digest.bytes());
                putIdentity.setLong(2, message.id);
                putIdentity.executeUpdate();
            }
        }
    }
}
