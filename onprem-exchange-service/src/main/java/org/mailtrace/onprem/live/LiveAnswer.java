package org.mailtrace.onprem.live;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.index.IndexRow;

/**
 * What the servers answered together.
 *
 * @param parts by server; only those that were asked
 * @param rows all rows, each once
 * @param incomplete groups of which not everything was asked for
 * @param warning why that is so
 */
public record LiveAnswer(
        Map<String, LivePart> parts, List<IndexRow> rows, Set<String> incomplete, Optional<String> warning) {
    public LiveAnswer {
        parts = Map.copyOf(parts);
        rows = List.copyOf(rows);
        incomplete = Set.copyOf(incomplete);
    }

    /** No server had to be asked. */
    public static LiveAnswer none() {
        return new LiveAnswer(Map.of(), List.of(), Set.of(), Optional.empty());
    }
}
