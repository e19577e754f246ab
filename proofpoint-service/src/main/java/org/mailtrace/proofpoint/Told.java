package org.mailtrace.proofpoint;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.SourcePart;

/**
 * Observations with what the quarantine said about them.
 *
 * @param parts the folders that were asked
 * @param retryAfter how long a folder wants to be left alone
 */
record Told(
        List<Observation> observations, List<SourcePart> parts, Optional<Duration> retryAfter, List<String> warnings) {
    /** There is nothing to tell. */
    static Told nothing() {
        return new Told(List.of(), List.of(), Optional.empty(), List.of());
    }
}
