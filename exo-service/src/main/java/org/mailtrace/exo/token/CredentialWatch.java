package org.mailtrace.exo.token;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.mailtrace.contract.CredentialState;

/**
 * Remembers whether Microsoft accepts the service's credentials, and since when. A refusal for one scope counts until
 * that scope is accepted again: another scope that works says nothing about it.
 */
@ApplicationScoped
public class CredentialWatch {
    private final Clock clock;
    private final Map<String, Seen> byScope = new ConcurrentHashMap<>();

    CredentialWatch(Clock clock) {
        this.clock = clock;
    }

    /** Microsoft answered with what was asked for. */
    public void accepted(String scope) {
        turnTo(scope, CredentialState.WORKING);
    }

    /** Microsoft refused a credential or a permission. */
    public void refused(String scope) {
        turnTo(scope, CredentialState.REFUSED);
    }

    /** What is known. */
    public CredentialState state() {
        return worst().map(Seen::state).orElse(CredentialState.UNKNOWN);
    }

    /** Since when that is so, UTC. */
    public Optional<Instant> since() {
        return worst().map(Seen::since);
    }

    private Optional<Seen> worst() {
        return byScope.values().stream()
                .min((one, other) -> Boolean.compare(isRefused(other), isRefused(one)) != 0
                        ? Boolean.compare(isRefused(other), isRefused(one))
                        : one.since().compareTo(other.since()));
    }

    private static boolean isRefused(Seen seen) {
        return seen.state() == CredentialState.REFUSED;
    }

    private void turnTo(String scope, CredentialState state) {
        byScope.compute(
                scope,
                (key, before) -> before != null && before.state() == state ? before : new Seen(state, clock.instant()));
    }

    private record Seen(CredentialState state, Instant since) {}
}
