package org.mailtrace.onprem.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mailtrace.onprem.live.wsman.Deadline;
import org.mailtrace.onprem.live.wsman.RefusedException;

/**
 * Opens shells with a password. One that was refused is not sent again for some minutes, unless it was changed: a domain
 * locks an account after a few wrong ones, and help desks ask often.
 */
final class PatientShells implements Shells {
    private static final Duration REFUSED_FOR = Duration.ofMinutes(10);

    private final Supplier<String> password;
    private final Function<String, Shells> shells;
    private final Clock clock;
    private Optional<String> refused = Optional.empty();
    private Instant refusedAt = Instant.EPOCH;

    /**
     * With the password as it is at the moment of asking.
     *
     * @param shells opens shells with a password
     */
    PatientShells(Supplier<String> password, Function<String, Shells> shells, Clock clock) {
        this.password = password;
        this.shells = shells;
        this.clock = clock;
    }

    @Override
    public LiveSession open(Deadline deadline) throws Exception {
        String current = password.get();
        if (wasRefused(current)) {
            throw new RefusedException(RefusedException.Reason.NOT_AUTHENTICATED);
        }
        try {
            return shells.apply(current).open(deadline);
        } catch (RefusedException e) {
            if (e.reason() == RefusedException.Reason.NOT_AUTHENTICATED) {
                remember(current);
            }
            throw e;
        }
    }

    private synchronized boolean wasRefused(String current) {
        return refused.filter(current::equals).isPresent() && clock.instant().isBefore(refusedAt.plus(REFUSED_FOR));
    }

    private synchronized void remember(String current) {
        refused = Optional.of(current);
        refusedAt = clock.instant();
    }
}
