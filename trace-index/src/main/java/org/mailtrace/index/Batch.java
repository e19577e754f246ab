package org.mailtrace.index;

import java.util.List;

/**
 * What one transaction stores.
 *
 * @param rows log rows, in any order
 * @param deadLetters records that could not be read
 * @param checkpoints where the readers stand once this is stored
 * @param coverage how far the evidence goes once this is stored; replaces what was known of the lane
 */
public record Batch(
        List<IndexRow> rows, List<DeadLetter> deadLetters, List<Checkpoint> checkpoints, List<Coverage> coverage) {
    public Batch {
        rows = List.copyOf(rows);
        deadLetters = List.copyOf(deadLetters);
        checkpoints = List.copyOf(checkpoints);
        coverage = List.copyOf(coverage);
    }

    /** A batch of rows only. */
    public static Batch of(List<IndexRow> rows) {
        return new Batch(rows, List.of(), List.of(), List.of());
    }
}
