package org.mailtrace.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a source answers to one question. Observations may come with any state; an empty list means something only when
 * {@link SourceState#looked()}.
 *
 * @param source the source's name, such as {@code proofpoint}
 * @param searchedFrom start of the window that was searched, UTC, inclusive
 * @param searchedTo its end, UTC, exclusive
 * @param searchableFrom how far back this source can be asked at all
 * @param dataAsOf up to when its records are known to be here; absent when unknown
 * @param absenceProvenUntil up to when "no row" proves "no message"
 * @param tookMs how long the source took, in milliseconds
 * @param retryAfterSeconds when to ask again, for a state that passes by itself
 * @param equivalent what an administrator would type into the vendor's own console
 * @param explanation one sentence whenever the state is not {@link SourceState#ANSWERED}
 * @param next cursor of the next page
 */
public record SourceAnswer(
        String source,
        SourceState state,
        Optional<Instant> searchedFrom,
        Optional<Instant> searchedTo,
        Optional<Instant> searchableFrom,
        Optional<Instant> dataAsOf,
        Optional<Instant> absenceProvenUntil,
        long tookMs,
        Optional<Long> retryAfterSeconds,
        List<SourcePart> parts,
        Optional<String> equivalent,
        Optional<String> explanation,
        List<String> warnings,
        List<Observation> observations,
        Optional<String> next) {
    public SourceAnswer {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(state, "state");
        searchedFrom = Absent.toEmpty(searchedFrom);
        searchedTo = Absent.toEmpty(searchedTo);
        searchableFrom = Absent.toEmpty(searchableFrom);
        dataAsOf = Absent.toEmpty(dataAsOf);
        absenceProvenUntil = Absent.toEmpty(absenceProvenUntil);
        retryAfterSeconds = Absent.toEmpty(retryAfterSeconds);
        parts = Absent.toEmpty(parts);
        equivalent = Absent.toEmpty(equivalent);
        explanation = Absent.toEmpty(explanation);
        warnings = Absent.toEmpty(warnings);
        observations = Absent.toEmpty(observations);
        next = Absent.toEmpty(next);
    }

    /** An answer without rows from a source that could not look; the only thing a fallback may build. */
    public static SourceAnswer without(String source, SourceState state, String explanation, long tookMs) {
        return without(source, state, explanation, tookMs, Optional.empty());
    }

    /** As {@link #without(String, SourceState, String, long)}, with the seconds after which to ask again. */
    public static SourceAnswer without(
            String source, SourceState state, String explanation, long tookMs, Optional<Long> retryAfterSeconds) {
        return new SourceAnswer(
                source,
                state,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                tookMs,
                retryAfterSeconds,
                List.of(),
                Optional.empty(),
                Optional.of(explanation),
                List.of(),
                List.of(),
                Optional.empty());
    }
}
