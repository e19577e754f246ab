package org.mailtrace.contract;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a source is doing, whether or not it is being asked.
 *
 * @param circuit the breaker towards the vendor
 * @param lastSuccess when the vendor last answered, UTC
 * @param lagSeconds how far the records here lie behind the vendor's, in seconds
 * @param quotaRemaining how many requests the vendor still allows
 * @param credentials whether the vendor accepts the service's credentials
 * @param credentialsSince since when that is so, UTC
 */
public record SourceInfo(
        String source,
        CircuitState circuit,
        Optional<Instant> lastSuccess,
        Optional<Instant> searchableFrom,
        Optional<Instant> dataAsOf,
        Optional<Long> lagSeconds,
        Optional<Integer> quotaRemaining,
        CredentialState credentials,
        Optional<Instant> credentialsSince,
        List<SourcePart> parts) {
    public SourceInfo {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(circuit, "circuit");
        lastSuccess = Absent.toEmpty(lastSuccess);
        searchableFrom = Absent.toEmpty(searchableFrom);
        dataAsOf = Absent.toEmpty(dataAsOf);
        lagSeconds = Absent.toEmpty(lagSeconds);
        quotaRemaining = Absent.toEmpty(quotaRemaining);
        Objects.requireNonNull(credentials, "credentials");
        credentialsSince = Absent.toEmpty(credentialsSince);
        parts = Absent.toEmpty(parts);
    }
}
