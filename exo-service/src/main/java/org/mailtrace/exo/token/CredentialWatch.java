package org.mailtrace.exo.token;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.mailtrace.contract.CredentialState;

/** Remembers whether Microsoft accepts the service's credentials, and since when. */
@ApplicationScoped
public class CredentialWatch {
    private final Clock clock;
    private final AtomicReference<Seen> seen =
            new AtomicReference<>(new Seen(CredentialState.UNKNOWN, Optional.empty()));

    CredentialWatch(Clock clock) {
        this.clock = clock;
    }

    /** Microsoft answered with what was asked for. */
    public void accepted() {
        turnTo(CredentialState.WORKING);
    }

    /** Microsoft refused a credential or a permission. */
    public void refused() {
        turnTo(CredentialState.REFUSED);
    }

    /** What is known. */
    public CredentialState state() {
        return seen.get().state();
    }

    /** Since when that is so, UTC. */
    public Optional<Instant> since() {
        return seen.get().since();
    }

    private void turnTo(CredentialState state) {
        seen.updateAndGet(before -> before.state() == state ? before : new Seen(state, Optional.of(clock.instant())));
    }

    private record Seen(CredentialState state, Optional<Instant> since) {}
}
