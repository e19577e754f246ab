package org.mailtrace.onprem.meaning;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;

/**
 * A message with all its rows.
 *
 * @param message the rows, under the group that has both ids where there is one
 * @param sources the groups that are wholly part of it; under each of them it may be shown and found again
 */
public record WholeMessage(IndexedMessage message, List<IndexedMessage> sources) {
    public WholeMessage {
        sources = List.copyOf(sources);
    }

    /** Whether the row group gave some of its rows. */
    public boolean holdsRowsOf(IndexedMessage group) {
        Set<StoredRow> rows = new HashSet<>(message.rows());
        return group.rows().stream().anyMatch(rows::contains);
    }

    /**
     * The message as one of its groups shows it: with all rows, at the place in the order of pages that the index gives that
     * group, so that paging neither skips nor repeats.
     */
    public IndexedMessage under(IndexedMessage source) {
        return new IndexedMessage(
                source.group(), source.firstSeen(), message.lastSeen(), message.rows(), message.rowsComplete());
    }
}
