package org.mailtrace.onprem.live;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.mailtrace.onprem.live.wsman.Deadline;
import org.mailtrace.onprem.live.wsman.RefusedException;

/**
 * Opens shells with a password. One that was refused is not sent again for an hour, unless it was changed: a domain locks an
 * account after a few wrong ones, and help desks ask often. A password that was never accepted is tried by one question at
 * a time.
 */
final class PatientShells implements Shells {
    private static final Duration REFUSED_FOR = Duration.ofHours(1);

    private final Supplier<String> password;
    private final Function<String, Shells> shells;
    private final Clock clock;
    private final ReentrantLock trying = new ReentrantLock();
    private volatile Optional<String> accepted = Optional.empty();
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
        if (accepted.filter(current::equals).isPresent() && !wasRefused(current)) {
            return attempt(current, deadline);
        }
        trying.lock();
        try {
            if (wasRefused(current)) {
                throw new RefusedException(RefusedException.Reason.NOT_AUTHENTICATED);
            }
            LiveSession session = attempt(current, deadline);
            accepted = Optional.of(current);
            return session;
        } finally {
            trying.unlock();
        }
    }

    private LiveSession attempt(String current, Deadline deadline) throws Exception {
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
