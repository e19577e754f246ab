package org.mailtrace.index.postgresql;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.mailtrace.index.packing.Block;
import org.mailtrace.index.packing.Draft;
import org.mailtrace.index.packing.IdDigest;
import org.mailtrace.index.packing.Press;
import org.mailtrace.index.packing.Role;
import org.mailtrace.index.packing.SubjectText;

/**
 * A message as the writer sees it. Rows of one message come in any order and from several servers, so what is known of it
 * only ever grows: earlier, later, one more address.
 */
final class Message {
    private static final int NOISE = 1;
    private static final int SENDER_KNOWN = 2;
    private static final byte FIRM = 0;
    /** Of a From header; it goes once the envelope sender is known. */
    private static final byte PROVISIONAL = 1;

    private static final int TERM_LENGTH = 1 + IdDigest.LENGTH;

    final long id;
    final String group;
    long firstSeen;
    long lastSeen;
    boolean noise;
    boolean senderKnown;
    int fullRows;
    byte[] data = new byte[0];
    private final Set<String> subjects = new LinkedHashSet<>();
    private final Map<UUID, Byte> terms = new LinkedHashMap<>();
    /** Blocks that became full, by the number of rows before them. */
    final Map<Integer, byte[]> full = new LinkedHashMap<>();

    private Message(long id, String group, long firstSeen, long lastSeen) {
        this.id = id;
        this.group = group;
        this.firstSeen = firstSeen;
        this.lastSeen = lastSeen;
    }

    /** A new message, of a draft. */
    static Message begun(long id, Draft draft, Press press) {
        Message message = new Message(id, draft.group(), draft.firstSeen(), draft.lastSeen());
        message.noise = true;
        message.learn(draft);
        if (draft.block().isPresent()) {
            message.data = draft.block().get();
        } else {
            message.add(draft.rows(), press);
        }
        return message;
    }

    /** A message as it is stored. */
    static Message stored(long id, String group, long firstSeen, long lastSeen, int flags, int fullRows) {
        Message message = new Message(id, group, firstSeen, lastSeen);
        message.noise = (flags & NOISE) != 0;
        message.senderKnown = (flags & SENDER_KNOWN) != 0;
        message.fullRows = fullRows;
        return message;
    }

    void stored(String subject, byte[] storedTerms, byte[] block) {
        if (!subject.isEmpty()) {
            subjects.addAll(Arrays.asList(subject.split("\n", -1)));
        }
        ByteBuffer in = ByteBuffer.wrap(storedTerms);
        while (in.hasRemaining()) {
            byte kind = in.get();
            terms.put(new UUID(in.getLong(), in.getLong()), kind);
        }
        data = block;
    }

    /** Takes what a draft says, without its rows. */
    void learn(Draft draft) {
        firstSeen = Math.min(firstSeen, draft.firstSeen());
        lastSeen = Math.max(lastSeen, draft.lastSeen());
        noise &= draft.noise();
        senderKnown |= draft.senderKnown();
        if (senderKnown) {
            terms.values().removeIf(kind -> kind == PROVISIONAL);
        } else {
            draft.words(Role.AUTHOR).forEach(word -> terms.putIfAbsent(Digests.sender(word), PROVISIONAL));
        }
        draft.words(Role.RECIPIENT).forEach(word -> terms.put(Digests.recipient(word), FIRM));
        draft.words(Role.SENDER).forEach(word -> terms.put(Digests.sender(word), FIRM));
        draft.ids().forEach(id -> terms.put(Digests.id(id), FIRM));
        draft.subjects().forEach(subject -> subjects.add(SubjectText.fold(subject)));
    }

    /** Adds rows that are not there yet. */
    void add(List<Block.Row> fresh, Press press) {
        List<Block.Row> rows = data.length == 0 ? new ArrayList<>() : Block.read(data, press);
        int plain = rows.stream().mapToInt(Block.Row::length).sum();
        for (Block.Row next : fresh) {
            if (!Block.takes(rows, plain, next)) {
                full.put(fullRows, Block.write(rows, press));
                fullRows += rows.size();
                rows = new ArrayList<>();
                plain = 0;
            }
            rows.add(next);
            plain += next.length();
        }
        data = Block.write(rows, press);
    }

    int flags() {
        return (noise ? NOISE : 0) | (senderKnown ? SENDER_KNOWN : 0);
    }

    /** All subjects, folded; a line break cannot be asked for, so they never match across their border. */
    String subject() {
        return String.join("\n", subjects);
    }

    Set<UUID> terms() {
        return new HashSet<>(terms.keySet());
    }

    byte[] storedTerms() {
        ByteBuffer out = ByteBuffer.allocate(terms.size() * TERM_LENGTH);
        terms.forEach((term, kind) ->
                out.put(kind).putLong(term.getMostSignificantBits()).putLong(term.getLeastSignificantBits()));
        return out.array();
    }

    /** The terms among stored ones, whatever their kind. */
    static List<UUID> terms(byte[] stored) {
        List<UUID> terms = new ArrayList<>(stored.length / TERM_LENGTH);
        ByteBuffer in = ByteBuffer.wrap(stored);
        while (in.hasRemaining()) {
            in.get();
            terms.add(new UUID(in.getLong(), in.getLong()));
        }
        return terms;
    }
}
