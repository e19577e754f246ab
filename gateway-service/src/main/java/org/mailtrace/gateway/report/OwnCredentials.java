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

    /** So much of its life is left for the way to a source. */
    private static final Duration SPARE = Duration.ofSeconds(10);

    private record Kept(Tokens tokens, Instant since) {
        String authorization() {
            return "Bearer " + tokens.getAccessToken();
        }
    }

    private final OidcClient identityProvider;
    private final Clock clock;
    private final Lock lock = new ReentrantLock();
    private Optional<Kept> kept = Optional.empty();
    private Instant failedAt = Instant.MIN;

    OwnCredentials(OidcClient identityProvider, Clock clock) {
        this.identityProvider = identityProvider;
        this.clock = clock;
    }

    @Override
    public Caller caller(String requestId) {
        return caller(requestId, Optional.empty());
    }

    /** @param refused an authorization that a source did not take, so that it is given to nobody any more */
    private Caller caller(String requestId, Optional<String> refused) {
        Instant wanted = clock.instant();
        lock.lock();
        try {
            if (!failedAt.isBefore(wanted)) {
                // It was tried while this one waited: an identity provider that is down is not asked by everybody in
                // turn.
                throw noToken(new IllegalStateException("the attempt that was waited for failed"));
            }
            // Many may have been refused with the same token; the first of them fetches another one for all.
            kept = kept.filter(this::isFresh).filter(token -> !refused.equals(Optional.of(token.authorization())));
            Kept current = kept.orElseGet(this::fetched);
            kept = Optional.of(current);
            return new Caller(
                    current.authorization(),
                    requestId,
                    Optional.of(caller -> caller(requestId, Optional.of(caller.authorization()))));
        } catch (SourceFailure e) {
            throw e;
        } catch (RuntimeException e) {
            if (!Thread.currentThread().isInterrupted()) {
                failedAt = clock.instant();
            }
            // Its message may repeat what the identity provider said, so only its kind is logged.
            LOG.warnf("no token for reports cause=%s", e.getClass().getSimpleName());
            throw noToken(e);
        } finally {
            lock.unlock();
        }
    }

    private static SourceFailure noToken(RuntimeException cause) {
        return SourceFailure.ofOurOwn(SourceState.FAILED, ReportWords.NO_TOKEN, cause);
    }

    private boolean isFresh(Kept token) {
        Instant now = clock.instant();
        Instant end = Optional.ofNullable(token.tokens().getAccessTokenExpiresAt())
                .map(Instant::ofEpochSecond)
                .orElse(Instant.MAX);
        return token.since().plus(KEPT).isAfter(now) && now.isBefore(end.minus(SPARE));
    }

    private Kept fetched() {
        Tokens tokens = identityProvider.getTokens().await().atMost(PATIENCE);
        if (Optional.ofNullable(tokens.getAccessToken())
                .filter(token -> !token.isBlank())
                .isEmpty()) {
            throw new IllegalStateException("the identity provider gave no token");
        }
        return new Kept(tokens, clock.instant());
    }
}
