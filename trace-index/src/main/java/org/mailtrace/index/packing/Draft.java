package org.mailtrace.index.packing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.index.IndexRow;

/**
 * New rows of one message with everything they are found by, as far as it can be prepared without the store: so that the
 * writer, of whom there is only one, has little left to do. What rows say only ever adds up, so it does no harm that some
 * of them may be stored already.
 */
public final class Draft {
    private static final String NULL_SENDER = "<>";
    private static final int REPLACEMENT = 0xFFFD;

    private final String group;
    private final List<Block.Row> rows = new ArrayList<>(8);
    private final Map<Role, Set<String>> addresses = Map.of(
            Role.RECIPIENT,
            new LinkedHashSet<>(),
            Role.SENDER,
            new LinkedHashSet<>(),
            Role.AUTHOR,
            new LinkedHashSet<>());
    private final Set<String> subjects = new LinkedHashSet<>();
    private final Set<String> ids = new LinkedHashSet<>();
    private final List<IdDigest> digests = new ArrayList<>(2);
    private Optional<byte[]> block = Optional.empty();
    private long firstSeen = Long.MAX_VALUE;
    private long lastSeen = Long.MIN_VALUE;
    private boolean noise = true;

    private Draft(String group) {
        this.group = group;
    }

    /** The drafts of a batch, in the order in which their messages appear; known ones are going to be pressed anew. */
    public static List<Draft> of(List<IndexRow> rows, Press press, Recent recent) {
        Map<String, Draft> drafts = new LinkedHashMap<>();
        rows.forEach(
                row -> drafts.computeIfAbsent(storable(row.group()), Draft::new).add(row));
        List<Draft> finished = new ArrayList<>(drafts.values());
        finished.forEach(draft -> draft.finish(press, recent));
        return finished;
    }

    /**
     * A group as every store keeps it: without NUL and halves of surrogate pairs, which one store or another keeps
     * otherwise than it got them, and then does not know again.
     */
    public static String storable(String group) {
        if (group.chars().noneMatch(each -> each == 0 || Character.isSurrogate((char) each))) {
            return group;
        }
        return group.codePoints()
                .map(each -> each == 0 || Character.getType(each) == Character.SURROGATE ? REPLACEMENT : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private void add(IndexRow row) {
        long at = row.at().toEpochMilli();
        firstSeen = Math.min(firstSeen, at);
        lastSeen = Math.max(lastSeen, at);
        noise &= row.noise();
        rows.add(new Block.Row(
                key(row.key()), at, row.part(), row.noise(), row.body().getBytes(StandardCharsets.UTF_8)));
        addresses.get(Role.RECIPIENT).addAll(row.recipients());
        row.sender().ifPresent(addresses.get(Role.SENDER)::add);
        row.author().ifPresent(addresses.get(Role.AUTHOR)::add);
        row.subject().map(SubjectText::line).filter(text -> !text.isEmpty()).ifPresent(subjects::add);
        ids.addAll(row.ids());
    }

    private void finish(Press press, Recent recent) {
        ids.forEach(id -> digests.add(IdDigest.of(id)));
        Set<Long> keys = new LinkedHashSet<>();
        rows.removeIf(row -> !keys.add(row.key()));
        if (Block.holds(rows) && !recent.has(group)) {
            block = Optional.of(Block.write(rows, press));
        }
    }

    /** 64 bits of a row's key: they only have to tell the rows of one message apart. */
    private static long key(String key) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < key.length(); i++) {
            hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        return hash ^ (hash >>> 33);
    }

    public String group() {
        return group;
    }

    public List<Block.Row> rows() {
        return rows;
    }

    /** All rows pressed as one block; empty if they are too many for one, or not the first of their message. */
    public Optional<byte[]> block() {
        return block;
    }

    public long firstSeen() {
        return firstSeen;
    }

    public long lastSeen() {
        return lastSeen;
    }

    public boolean noise() {
        return noise;
    }

    public boolean senderKnown() {
        return !addresses.get(Role.SENDER).isEmpty();
    }

    public Set<String> subjects() {
        return subjects;
    }

    public List<IdDigest> ids() {
        return digests;
    }

    /** Addresses in a role as words: in lower case, and their domains as {@code @domain}. */
    public Set<String> words(Role role) {
        Set<String> words = new LinkedHashSet<>();
        for (String address : addresses.get(role)) {
            String value = address.strip().toLowerCase(Locale.ROOT);
            String domain = value.equals(NULL_SENDER) ? "" : AddressPattern.domainOf(value);
            if (!value.isEmpty()) {
                words.add(value);
            }
            if (!domain.isEmpty()) {
                words.add('@' + domain);
            }
        }
        return words;
    }
}
