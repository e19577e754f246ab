package org.mailtrace.proofpoint.vendor;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.mailtrace.contract.CredentialState;

/** Remembers whether the cluster accepts the service account, and since when. */
@ApplicationScoped
public class Credentials {
    private final Clock clock;
    private final AtomicReference<Seen> seen =
            new AtomicReference<>(new Seen(CredentialState.UNKNOWN, Optional.empty()));

    public Credentials(Clock clock) {
        this.clock = clock;
    }

    /**
     * What was last seen.
     *
     * @param since UTC; empty before the first call
     */
    public record Seen(CredentialState state, Optional<Instant> since) {}

    /** Of several credentials: the one that is refused, else one that works, else nothing is known. */
    public static Seen worstOf(List<Seen> all) {
        return all.stream()
                .max(Comparator.comparing(Seen::state))
                .orElse(new Seen(CredentialState.UNKNOWN, Optional.empty()));
    }

    /** What was last seen of the service account. */
    public Seen seen() {
        return seen.get();
    }

    void accepted() {
        become(CredentialState.WORKING);
    }

    void refused() {
        become(CredentialState.REFUSED);
    }

    private void become(CredentialState state) {
        seen.updateAndGet(before -> before.state() == state ? before : new Seen(state, Optional.of(clock.instant())));
    }
}
