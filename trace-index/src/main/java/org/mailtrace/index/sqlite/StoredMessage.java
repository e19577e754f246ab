package org.mailtrace.index.sqlite;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mailtrace.index.packing.Bytes;
import org.mailtrace.index.packing.IdDigest;

/**
 * A message as the writer sees it. Rows of one message come in any order and from several servers, so what is known of it
 * only ever grows: earlier, later, one more address.
 */
final class StoredMessage {
    private static final int NOISE = 1;
    private static final int SENDER_KNOWN = 2;

    final long id;
    long firstSeen;
    long lastSeen;
    boolean noise = true;
    boolean senderKnown;
    final Set<String> subjects = new LinkedHashSet<>();
    final Set<Long> terms = new LinkedHashSet<>();
    final List<IdDigest> ids = new ArrayList<>();

    StoredMessage(long id, long firstSeen, long lastSeen) {
        this.id = id;
        this.firstSeen = firstSeen;
        this.lastSeen = lastSeen;
    }

    void flags(int flags) {
        noise = (flags & NOISE) != 0;
        senderKnown = (flags & SENDER_KNOWN) != 0;
    }

    int flags() {
        return (noise ? NOISE : 0) | (senderKnown ? SENDER_KNOWN : 0);
    }

    void terms(byte[] stored) {
        ByteBuffer in = ByteBuffer.wrap(stored);
        while (in.hasRemaining()) {
            terms.add(Bytes.number(in));
        }
    }

    byte[] storedTerms() {
        Bytes out = new Bytes();
        terms.forEach(out::number);
        return out.toArray();
    }

    void ids(byte[] stored) {
        for (int from = 0; from < stored.length; from += IdDigest.LENGTH) {
            ids.add(IdDigest.read(stored, from));
        }
    }

    byte[] storedIds() {
        Bytes out = new Bytes();
        ids.forEach(digest -> out.all(digest.bytes(), 0, IdDigest.LENGTH));
        return out.toArray();
    }

    /** All subjects; a line break cannot be asked for, so they never match across their border. */
    String subject() {
        return String.join("\n", subjects);
    }
}
