package org.mailtrace.proofpoint.stream;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.proofpoint.vendor.Credentials.Seen;

/**
 * How far the records of one type are known to be in the index: from {@code since} to {@code until}, less the gaps.
 *
 * @param since since when records are followed, UTC; empty before the first connection
 * @param until up to when everything that was sent is stored, UTC
 * @param gaps stretches of which records may be missing, oldest first, apart from each other
 * @param trouble why nothing arrives at the moment, as one sentence; empty while all is well
 * @param token whether the vendor takes the token; unknown to a process that does not read the stream itself
 */
public record Known(
        Optional<Instant> since, Optional<Instant> until, List<Gap> gaps, Optional<String> trouble, Seen token) {
    private static final Seen NOT_TRIED = new Seen(CredentialState.UNKNOWN, Optional.empty());

    public Known {
        gaps = List.copyOf(gaps);
    }

    /** The same without any word on the token. */
    public Known(Optional<Instant> since, Optional<Instant> until, List<Gap> gaps, Optional<String> trouble) {
        this(since, until, gaps, trouble, NOT_TRIED);
    }

    /** The same, if nothing is kept from before a moment. */
    public Known notBefore(Instant floor) {
        return new Known(since.map(first -> first.isBefore(floor) ? floor : first), until, gaps, trouble, token);
    }

    /** Whether nothing comes because the token is refused. */
    public boolean isDenied() {
        return token.state() == CredentialState.REFUSED;
    }

    /**
     * A stretch of which records may be missing.
     *
     * @param from UTC, inclusive
     * @param to UTC, exclusive
     * @param reason why, as one sentence
     * @param lost whether it cannot be filled any more
     */
    public record Gap(Instant from, Instant to, String reason, boolean lost) {}
}
