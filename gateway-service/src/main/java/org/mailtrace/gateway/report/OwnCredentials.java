package org.mailtrace.gateway.report;

import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.words.ReportWords;
import org.mailtrace.http.guard.SourceFailure;

/** The gateway's own token: reports outlive the tokens of those who asked for them. */
@ApplicationScoped
class OwnCredentials implements Credentials {
    private static final Logger LOG = Logger.getLogger(OwnCredentials.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** No longer, so that a token does not end on the way to a source. */
    private static final Duration KEPT = Duration.ofSeconds(30);

    private record Kept(Tokens tokens, Instant since) {}

    private final OidcClient identityProvider;
    private final Clock clock;
    private final Lock lock = new ReentrantLock();
    private Optional<Kept> kept = Optional.empty();

    OwnCredentials(OidcClient identityProvider, Clock clock) {
        this.identityProvider = identityProvider;
        this.clock = clock;
    }

    @Override
    public Caller caller(String requestId) {
        lock.lock();
        try {
            Kept current = kept.filter(this::isFresh).orElseGet(this::fetched);
            kept = Optional.of(current);
            return new Caller("Bearer " + current.tokens().getAccessToken(), requestId);
        } catch (RuntimeException e) {
            // Its message may repeat what the identity provider said, so only its kind is logged.
            LOG.warnf("no token for reports cause=%s", e.getClass().getSimpleName());
            throw SourceFailure.ofOurOwn(SourceState.FAILED, ReportWords.NO_TOKEN, e);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFresh(Kept token) {
        return token.since().plus(KEPT).isAfter(clock.instant())
                && !token.tokens().isAccessTokenExpired();
    }

    private Kept fetched() {
        return new Kept(identityProvider.getTokens().await().atMost(PATIENCE), clock.instant());
    }
}
