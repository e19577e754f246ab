package org.mailtrace.exo.token;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.token.TokenEndpoint.Grant;
import org.mailtrace.exo.wire.Deadline;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/** The token of one scope: kept while it is good, replaced before it ends, fetched by one request at a time. */
final class KeptToken {
    private static final Logger LOG = Logger.getLogger(KeptToken.class);

    private final Function<Deadline, Grant> fetch;
    private final Duration refreshEarly;
    private final Clock clock;
    private final AtomicReference<Optional<Grant>> kept = new AtomicReference<>(Optional.empty());
    private final AtomicReference<FutureTask<Grant>> running = new AtomicReference<>();

    KeptToken(Function<Deadline, Grant> fetch, Duration refreshEarly, Clock clock) {
        this.fetch = fetch;
        this.refreshEarly = refreshEarly;
        this.clock = clock;
    }

    String current(Deadline deadline) {
        Optional<Grant> before = kept.get();
        if (before.filter(this::isFresh).isPresent()) {
            return before.orElseThrow().token().value();
        }
        try {
            return refreshed(deadline).token().value();
        } catch (SourceFailure e) {
            if (e.state() != SourceState.DENIED && before.filter(this::isUsable).isPresent()) {
                LOG.warnf("token not refreshed, the old one is used up to its end state=%s", e.state());
                return before.orElseThrow().token().value();
            }
            throw e;
        }
    }

    void forget(String refused) {
        kept.updateAndGet(grant -> grant.filter(held -> !held.token().value().equals(refused)));
    }

    private Grant refreshed(Deadline deadline) {
        FutureTask<Grant> mine = new FutureTask<>(() -> fetchUnlessFresh(deadline));
        FutureTask<Grant> others = running.compareAndExchange(null, mine);
        if (others != null) {
            return await(others, deadline);
        }
        try {
            mine.run();
        } finally {
            running.set(null);
        }
        return await(mine, deadline);
    }

    /** Another request may have brought a token between our look and our turn. */
    private Grant fetchUnlessFresh(Deadline deadline) {
        Optional<Grant> meanwhile = kept.get().filter(this::isFresh);
        if (meanwhile.isPresent()) {
            return meanwhile.orElseThrow();
        }
        Grant grant = fetch.apply(deadline);
        kept.set(Optional.of(grant));
        return grant;
    }

    private static Grant await(FutureTask<Grant> task, Deadline deadline) {
        try {
            return task.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SourceFailure failure) {
                throw failure;
            }
            throw new SourceFailure(SourceState.FAILED, Words.SIGN_IN_FAILED, Optional.empty(), e);
        } catch (TimeoutException e) {
            throw new SourceFailure(SourceState.TIMED_OUT, Words.NO_ANSWER_IN_TIME, Optional.empty(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceFailure(SourceState.FAILED, Words.SIGN_IN_FAILED, Optional.empty(), e);
        }
    }

    private boolean isFresh(Grant grant) {
        return grant.token().isFreshAt(clock.instant(), refreshEarly, grant.life());
    }

    private boolean isUsable(Grant grant) {
        return grant.token().isUsableAt(clock.instant());
    }
}
