package org.mailtrace.gateway.answer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;

/** How one source answered the question, without its observations. */
public record SourceReport(
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
        CircuitState circuit) {
    /** The report of an answer, with the gateway's own circuit towards that source. */
    public static SourceReport of(SourceAnswer answer, CircuitState circuit) {
        return new SourceReport(
                answer.source(),
                answer.state(),
                answer.searchedFrom(),
                answer.searchedTo(),
                answer.searchableFrom(),
                answer.dataAsOf(),
                answer.absenceProvenUntil(),
                answer.tookMs(),
                answer.retryAfterSeconds(),
                answer.parts(),
                answer.equivalent(),
                answer.explanation(),
                answer.warnings(),
                circuit);
    }
}
