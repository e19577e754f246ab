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
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.slicing.Harvest;

/** Puts one answer together: each part says how well it looked, and the whole follows from the parts. */
final class Answer {
    static final String SMART_SEARCH = "smart-search";

    private final Reach reach;
    private final long started = System.nanoTime();
    private final List<String> warnings = new ArrayList<>();
    private final List<SourcePart> parts = new ArrayList<>();
    private Optional<Duration> retryAfter = Optional.empty();
    private Optional<String> equivalent = Optional.empty();
    private boolean provesAbsence = true;

    Answer(Reach reach) {
        this.reach = reach;
    }

    /** The question cannot be asked of this source at all. */
    SourceAnswer cannotAnswer(String explanation) {
        return SourceAnswer.without(ProofpointSource.NAME, SourceState.CANNOT_ANSWER, explanation, tookMs());
    }

    void equivalent(String text) {
        equivalent = Optional.of(text);
    }

    void warn(List<String> sentences) {
        warnings.addAll(sentences);
    }

    void provesNoAbsence() {
        provesAbsence = false;
    }

    /** How the search went; a window that reaches back too far counts as a part that could not be read. */
    void searched(List<Harvest<MessageRow>> harvests) {
        List<SourceState> states = Stream.concat(
                        harvests.stream().map(Harvest::state),
                        reach.isClipped() ? Stream.of(SourceState.OUT_OF_RETENTION) : Stream.empty())
                .toList();
        SourceState state = SourceState.ofParts(states);
        String why = Stream.concat(
                        reach.explanation().stream(),
                        harvests.stream().flatMap(harvest -> harvest.explanation().stream()))
                .distinct()
                .collect(Collectors.joining(" "));
        parts.add(new SourcePart(
                SMART_SEARCH,
                state,
                Optional.of(reach.searchableFrom()),
                Optional.empty(),
                state.looked() ? Optional.empty() : Optional.of(why)));
        retryAfter = longest(harvests.stream().flatMap(harvest -> harvest.retryAfter().stream()));
    }

    /** Nothing needed to be asked to know that there is nothing. */
    SourceAnswer foundNothing() {
        parts.add(new SourcePart(
                SMART_SEARCH, SourceState.ANSWERED, Optional.empty(), Optional.empty(), Optional.empty()));
        return with(new Told(List.of(), List.of(), Optional.empty(), List.of()), Optional.empty());
    }

    SourceAnswer with(Told told, Optional<String> next) {
        parts.addAll(told.parts());
        warn(told.warnings());
        retryAfter = longest(Stream.concat(retryAfter.stream(), told.retryAfter().stream()));
        SourceState state =
                SourceState.ofParts(parts.stream().map(SourcePart::state).toList());
        String why = parts.stream()
                .flatMap(part -> part.explanation().stream())
                .distinct()
                .collect(Collectors.joining(" "));
        return new SourceAnswer(
                ProofpointSource.NAME,
                state,
                reach.window().map(window -> reach.from()),
                reach.window().map(window -> reach.to()),
                Optional.of(reach.searchableFrom()),
                Optional.empty(),
                state.looked() ? Optional.of(reach.absenceProvenUntil(provesAbsence)) : Optional.empty(),
                tookMs(),
                retryAfter.map(wait -> Math.max(1, wait.toSeconds())),
                parts,
                equivalent,
                state.looked() ? Optional.empty() : Optional.of(why),
                warnings,
                told.observations(),
                next);
    }

    private static Optional<Duration> longest(Stream<Duration> waits) {
        return waits.max(Duration::compareTo);
    }

    private long tookMs() {
        return Duration.ofNanos(System.nanoTime() - started).toMillis();
    }
}
