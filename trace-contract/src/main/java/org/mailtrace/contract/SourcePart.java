package org.mailtrace.contract;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One server, folder or log of a source, with a state of its own.
 *
 * @param searchableFrom how far back its evidence goes, UTC
 * @param dataAsOf up to when its records are known to be here, UTC; absent when unknown
 * @param explanation one sentence whenever the state is not {@link SourceState#ANSWERED}
 */
public record SourcePart(
        String name,
        SourceState state,
        Optional<Instant> searchableFrom,
        Optional<Instant> dataAsOf,
        Optional<String> explanation) {
    public SourcePart {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
        searchableFrom = Absent.toEmpty(searchableFrom);
        dataAsOf = Absent.toEmpty(dataAsOf);
        explanation = Absent.toEmpty(explanation);
    }
}
