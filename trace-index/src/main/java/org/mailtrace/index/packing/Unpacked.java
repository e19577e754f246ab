package org.mailtrace.index.packing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;

/** Makes a message of its blocks, in the order in which they were written. */
public final class Unpacked {
    /** A message of more rows is a loop or a sender that reuses ids; the rest is left out and said so. */
    public static final int MAX_ROWS = 5000;

    private final List<Block.Row> rows = new ArrayList<>();
    private final Press press;

    public Unpacked(Press press) {
        this.press = press;
    }

    /**
     * Adds the next block; does nothing once there are more rows than are shown.
     *
     * @throws DamagedRowException if it does not say what was stored
     */
    public void add(byte[] block) {
        if (wantsMore()) {
            rows.addAll(Block.read(block, press));
        }
    }

    /** Whether another block would change anything. */
    public boolean wantsMore() {
        return rows.size() <= MAX_ROWS;
    }

    /** The message, its rows oldest first. */
    public IndexedMessage message(String group, Instant firstSeen, Instant lastSeen) {
        boolean complete = rows.size() <= MAX_ROWS;
        rows.sort(Comparator.comparingLong(Block.Row::at).thenComparingLong(Block.Row::key));
        List<StoredRow> stored = new ArrayList<>(rows.size());
        for (Block.Row row : complete ? rows : rows.subList(0, MAX_ROWS)) {
            stored.add(new StoredRow(Instant.ofEpochMilli(row.at()), row.part(), row.noise(), row.text()));
        }
        return new IndexedMessage(group, firstSeen, lastSeen, stored, complete);
    }
}
