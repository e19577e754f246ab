package org.mailtrace.proofpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;

/** Puts one answer together: each part says how well it looked, and the whole follows from the parts. */
final class Answer {
    private final String name;
    private final long started = System.nanoTime();
    private final List<String> warnings = new ArrayList<>();
    private final List<SourcePart> parts = new ArrayList<>();
    private Optional<String> equivalent = Optional.empty();

    /**
     * Of a question that is asked now.
     *
     * @param name of the source
     */
    Answer(String name) {
        this.name = name;
    }

    /** The question cannot be asked of this source at all. */
    SourceAnswer cannotAnswer(String explanation) {
        return SourceAnswer.without(name, SourceState.CANNOT_ANSWER, explanation, tookMs());
    }

    void equivalent(String text) {
        equivalent = Optional.of(text);
    }

    void warn(List<String> sentences) {
        warnings.addAll(sentences);
    }

    void parts(List<SourcePart> more) {
        parts.addAll(more);
    }

    SourceAnswer with(Looked looked, Told told, Optional<String> next) {
        List<SourcePart> all = Stream.of(looked.parts(), parts, told.parts())
                .flatMap(List::stream)
                .toList();
        warn(told.warnings());
        SourceState state =
                SourceState.ofParts(all.stream().map(SourcePart::state).toList());
        String why = all.stream()
                .filter(part -> !part.state().looked())
                .flatMap(part -> part.explanation().stream())
                .distinct()
                .collect(Collectors.joining(" "));
        return new SourceAnswer(
                name,
                state,
                looked.searched().map(Looked.Stretch::from),
                looked.searched().map(Looked.Stretch::to),
                looked.searchableFrom(),
                looked.dataAsOf(),
                state.looked() ? Optional.of(looked.provenUntil()) : Optional.empty(),
                tookMs(),
                Stream.concat(looked.retryAfter().stream(), told.retryAfter().stream())
                        .max(Duration::compareTo)
                        .map(wait -> Math.max(1, wait.toSeconds())),
                all,
                equivalent,
                state.looked() ? Optional.empty() : Optional.of(why),
                warnings,
                told.observations(),
                next);
    }

    private long tookMs() {
        return Duration.ofNanos(System.nanoTime() - started).toMillis();
    }
}
