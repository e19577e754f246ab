package org.mailtrace.exo.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.token.TokenEndpoint.Grant;
import org.mailtrace.exo.wire.Deadline;
import org.mailtrace.exo.wire.Wire;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;

/**
 * The service's access token: kept while it is good, replaced before it ends, fetched by one request at a time however
 * many questions wait for it. Tokens are never logged.
 */
@Startup
@ApplicationScoped
public class AccessTokens {
    private static final Logger LOG = Logger.getLogger(AccessTokens.class);

    private final TokenEndpoint endpoint;
    private final Guarded guarded;
    private final Duration refreshEarly;
    private final CredentialWatch credentials;
    private final Clock clock;
    private final AtomicReference<Optional<Grant>> kept = new AtomicReference<>(Optional.empty());
    private final AtomicReference<FutureTask<Grant>> running = new AtomicReference<>();

    AccessTokens(TokenSettings settings, Wire wire, ObjectMapper json, CredentialWatch credentials, Clock clock) {
        this.endpoint = new TokenEndpoint(
                wire,
                json,
                clock,
                Required.address("mailtrace.exo.token-url", settings.tokenUrl()),
                Required.text("mailtrace.exo.client-id", settings.clientId()),
                settings.scope(),
                new SecretCredential(Required.text("mailtrace.exo.client-secret", settings.clientSecret())));
        this.guarded = new Guarded(Words.SIGN_IN, settings.tokenGuard(), clock);
        this.refreshEarly = settings.tokenRefreshEarly();
        this.credentials = credentials;
        this.clock = clock;
    }

    /**
     * A token that Microsoft has not refused yet.
     *
     * @throws SourceFailure if there is none to be had
     */
    public String current(Deadline deadline) {
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

    /** Forgets a token that Microsoft refused before its time; a newer one stays. */
    public void forget(String refused) {
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
        try {
            Grant grant = guarded.call(() -> endpoint.request(deadline), Grant.class);
            kept.set(Optional.of(grant));
            return grant;
        } catch (SourceFailure e) {
            if (e.state() == SourceState.DENIED) {
                credentials.refused();
            }
            throw e;
        }
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
