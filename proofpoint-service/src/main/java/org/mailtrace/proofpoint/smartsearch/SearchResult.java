package org.mailtrace.proofpoint.smartsearch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.mailtrace.proofpoint.row.MessageRow;

/** What one request brought. The type of rows is kept out of the guard, which knows classes only. */
record SearchResult(List<MessageRow> rows) {
    private static final Set<String> WORDS_OF_ERRORS =
            Set.of("error", "errors", "exception", "message", "fault", "status");

    SearchResult {
        rows = List.copyOf(rows);
    }

    /**
     * Reads an answer. No {@code result} at all is how the vendor says that nothing was found; an object that speaks of
     * an error, or rows that are no objects, are no answer.
     */
    static Optional<SearchResult> of(JsonNode answer) {
        if (answer.isArray() && answer.isEmpty()) {
            return Optional.of(new SearchResult(List.of()));
        }
        if (!answer.isObject()) {
            return Optional.empty();
        }
        JsonNode result = answer.path("result");
        if (result.isMissingNode() || result.isNull()) {
            boolean speaksOfAnError = answer.properties().stream()
                    .anyMatch(member -> WORDS_OF_ERRORS.contains(member.getKey().toLowerCase(Locale.ROOT)));
            return speaksOfAnError ? Optional.empty() : Optional.of(new SearchResult(List.of()));
        }
        boolean rowsOnly = result.isArray()
                && StreamSupport.stream(result.spliterator(), false).allMatch(JsonNode::isObject);
        return rowsOnly
                ? Optional.of(new SearchResult(StreamSupport.stream(result.spliterator(), false)
                        .map(MessageRow::of)
                        .toList()))
                : Optional.empty();
    }

    boolean hasRowWithoutKey() {
        return rows.stream().anyMatch(row -> row.key().isEmpty());
    }
}
