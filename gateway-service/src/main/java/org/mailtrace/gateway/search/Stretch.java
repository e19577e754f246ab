package org.mailtrace.gateway.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.words.PageWords;

/** What one source gave for one page, newest first, in as many answers as it took. */
final class Stretch {
    private final SourceAnswer first;
    private final List<Observation> rows;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> warnings;
    private long tookMs;
    private SourceAnswer worst;
    private Optional<String> next;
    private Optional<SourceAnswer> broken = Optional.empty();
    private boolean givenUp;

    Stretch(SourceAnswer first) {
        this.first = first;
        this.rows = new ArrayList<>(first.observations());
        this.rows.forEach(row -> ids.add(row.sourceId()));
        this.warnings = new LinkedHashSet<>(first.warnings());
        this.tookMs = first.tookMs();
        this.worst = first;
        this.next = first.next();
    }

    /** Goes on by what the source gave for {@link #next()}. */
    void add(SourceAnswer further) {
        tookMs += further.tookMs();
        warnings.addAll(further.warnings());
        if (further.observations().isEmpty() && !further.state().looked()) {
            broken = Optional.of(further);
            return;
        }
        boolean anyNew = false;
        for (Observation row : further.observations()) {
            if (ids.add(row.sourceId())) {
                rows.add(row);
                anyNew = true;
            }
        }
        if (!anyNew && further.next().isPresent()) {
            broken = Optional.of(
                    SourceAnswer.without(first.source(), SourceState.FAILED, PageWords.IN_A_CIRCLE, further.tookMs()));
            return;
        }
        next = further.next();
        if (!further.state().looked()) {
            worst = further;
        }
    }

    List<Observation> rows() {
        return List.copyOf(rows);
    }

    Optional<String> next() {
        return next;
    }

    /** Whether it has more, and nothing spoke against asking for it. */
    boolean goesOn() {
        return edge().isPresent() && broken.isEmpty();
    }

    /** Whether it has more, and could not give it. */
    boolean isBroken() {
        return broken.isPresent() && !givenUp;
    }

    /** Where it was read to, if it goes on below that; further rows of that very moment may follow. */
    Optional<Instant> edge() {
        return next.isPresent() && !rows.isEmpty() && !givenUp
                ? Optional.of(rows.getLast().firstSeen())
                : Optional.empty();
    }

    /** What it could not give is not waited for any more. */
    void giveUp() {
        givenUp = true;
    }

    /** As {@link #giveUp()}, because it answers something else than it was asked. */
    void giveUp(String why) {
        broken = Optional.of(SourceAnswer.without(first.source(), SourceState.FAILED, why, 0));
        givenUp = true;
    }

    /** All of it as one answer. */
    SourceAnswer answer() {
        SourceAnswer told = givenUp ? broken.orElse(worst) : worst;
        return new SourceAnswer(
                first.source(),
                told.state(),
                first.searchedFrom(),
                first.searchedTo(),
                first.searchableFrom(),
                first.dataAsOf(),
                first.absenceProvenUntil(),
                tookMs,
                told.retryAfterSeconds(),
                worst.parts(),
                first.equivalent(),
                told.explanation(),
                List.copyOf(warnings),
                rows,
                givenUp ? Optional.empty() : next);
    }
}
