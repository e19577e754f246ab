package org.mailtrace.exo.trace;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/**
 * What all requests of a question brought.
 *
 * @param rows each row once
 * @param state how well Exchange Online looked
 * @param explanation one sentence whenever it did not look everywhere
 * @param retryAfterSeconds when to ask again
 * @param lookedAtAll whether any request was answered, at least in part
 */
record Gathered(
        List<TraceRow> rows,
        SourceState state,
        Optional<String> explanation,
        Optional<Long> retryAfterSeconds,
        boolean lookedAtAll) {
    Gathered {
        rows = List.copyOf(rows);
    }

    /**
     * Puts the parts together. The same row from two parts counts once: the one that knows more, else the later one. A row
     * that is still on its way may have been read before one that has arrived, in whatever order they came.
     */
    static Gathered of(List<Rows> parts) {
        Map<TraceRow.Key, TraceRow> rows = new LinkedHashMap<>();
        List<SourceState> states = new ArrayList<>();
        parts.forEach(part -> {
            part.rows().forEach(row -> rows.merge(row.key(), row, Gathered::better));
            states.add(stateOf(part));
        });
        SourceState state = SourceState.ofParts(states);
        Optional<SourceFailure> worst = parts.stream()
                .flatMap(part -> part.ending().stream())
                .max((a, b) -> a.state().compareTo(b.state()));
        boolean someLooked = states.stream().anyMatch(SourceState::looked);
        Optional<String> why = worst.map(SourceFailure::getMessage)
                .or(() -> state.looked() ? Optional.empty() : Optional.of(Words.UNREADABLE_ROWS))
                .map(sentence -> someLooked ? Words.partly(sentence) : sentence);
        Optional<Long> retryAfter = worst.flatMap(SourceFailure::retryAfter)
                .map(wait -> Math.max(1, wait.plusMillis(999).toSeconds()));
        boolean lookedAtAll = parts.stream()
                .anyMatch(part -> part.ending().isEmpty() || !part.rows().isEmpty());
        return new Gathered(List.copyOf(rows.values()), state, why, retryAfter, lookedAtAll);
    }

    private static TraceRow better(TraceRow earlier, TraceRow later) {
        return VendorStatus.of(later.status()).progress()
                        < VendorStatus.of(earlier.status()).progress()
                ? earlier
                : later;
    }

    private static SourceState stateOf(Rows part) {
        return part.ending()
                .map(SourceFailure::state)
                .orElse(part.unreadable() > 0 ? SourceState.PARTIAL : SourceState.ANSWERED);
    }
}
