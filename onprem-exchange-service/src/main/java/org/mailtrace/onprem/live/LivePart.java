package org.mailtrace.onprem.live;

import java.time.Instant;
import java.util.Optional;
import org.mailtrace.contract.SourceState;

/**
 * How one server answered when it was asked itself.
 *
 * @param server the server
 * @param state how it answered
 * @param sentence why, if it did not look
 * @param since how far back its own log was seen to go, UTC
 * @param askedAt when it was asked, UTC; absent if it did not look
 * @param provenUntil up to when "no row" proves "no message", UTC
 */
public record LivePart(
        String server,
        SourceState state,
        Optional<String> sentence,
        Optional<Instant> since,
        Optional<Instant> askedAt,
        Optional<Instant> provenUntil) {
    static LivePart without(String server, SourceState state, String sentence) {
        return new LivePart(server, state, Optional.of(sentence), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
