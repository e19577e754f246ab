package org.mailtrace.proofpoint.vendor;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.proofpoint.words.Sentences;

/** Keeps the vendor's wish not to be asked for a while: until then every question is answered without asking it. */
final class Pause {
    private final ManagedModule module;
    private final Clock clock;
    private final AtomicReference<Instant> until = new AtomicReference<>(Instant.MIN);

    Pause(ManagedModule module, Clock clock) {
        this.module = module;
        this.clock = clock;
    }

    /** The vendor does not want to be asked for so long. */
    void begin(Duration wait) {
        Instant end = clock.instant().plus(wait);
        until.accumulateAndGet(end, (one, other) -> one.isAfter(other) ? one : other);
    }

    /**
     * Lets a question through.
     *
     * @throws SourceFailure while the vendor does not want to be asked
     */
    void check() {
        Duration left = Duration.between(clock.instant(), until.get());
        if (left.isPositive()) {
            throw new SourceFailure(
                    SourceState.THROTTLED,
                    Sentences.throttled(module.called()),
                    Optional.of(Duration.ofSeconds(left.toSeconds() + 1)),
                    null);
        }
    }
}
