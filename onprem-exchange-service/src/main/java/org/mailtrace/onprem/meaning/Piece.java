package org.mailtrace.onprem.meaning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;

/**
 * A group of the index: rows with the same two ids, or with the same one where the other is missing.
 *
 * @param strands its copies, those together that link to each other
 * @param all the same as one
 */
record Piece(
        IndexedMessage group,
        Optional<String> messageId,
        Optional<String> networkMessageId,
        List<List<Strand>> strands,
        Strand all) {
    static Piece of(IndexedMessage group, Site site) {
        Map<String, Strand> byCopy = new LinkedHashMap<>();
        Strand all = new Strand();
        Optional<LogRow> first = Optional.empty();
        for (StoredRow stored : group.rows()) {
            LogRow row = LogRow.of(stored);
            first = first.or(() -> Optional.of(row));
            String copy = HopLink.of(row).map(HopLink::toString).orElse("without id on " + row.server());
            byCopy.computeIfAbsent(copy, any -> new Strand()).add(stored, row, site);
            all.add(stored, row, site);
        }
        return new Piece(
                group,
                first.flatMap(row -> row.row().messageId()),
                first.flatMap(row -> row.row().networkMessageId()),
                together(byCopy.values()),
                all);
    }

    Set<String> senders() {
        return all.senders();
    }

    boolean entersFromElsewhere() {
        return all.entersFromElsewhere();
    }

    private static List<List<Strand>> together(Iterable<Strand> strands) {
        List<List<Strand>> groups = new ArrayList<>();
        for (Strand strand : strands) {
            List<Strand> group = new ArrayList<>(List.of(strand));
            groups.removeIf(other -> {
                boolean linked = other.stream().anyMatch(strand::isLinkedTo);
                if (linked) {
                    group.addAll(other);
                }
                return linked;
            });
            groups.add(group);
        }
        return groups;
    }
}
