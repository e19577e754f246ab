package org.mailtrace.exo.token;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.quota.Errand;
import org.mailtrace.exo.quota.RequestBudget;
import org.mailtrace.exo.quota.RetryAfter;
import org.mailtrace.exo.wire.Reply;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Calls that carry an access token for one scope, behind one guard, each attempt paid for from the tenant's quota. A
 * token can be revoked before its time: one new token is tried, a second refusal is final.
 */
public final class SignedCalls {
    /** With less time than this no further request is begun. */
    private static final Duration SHORTEST_CALL = Duration.ofSeconds(1);

    private final AccessTokens tokens;
    private final CredentialWatch credentials;
    private final RequestBudget budget;
    private final Clock clock;
    private final String scope;
    private final Guarded guarded;

    public SignedCalls(
            AccessTokens tokens,
            CredentialWatch credentials,
            RequestBudget budget,
            Clock clock,
            String scope,
            Guarded guarded) {
        this.tokens = tokens;
        this.credentials = credentials;
        this.budget = budget;
        this.clock = clock;
        this.scope = scope;
        this.guarded = guarded;
    }

    /** One request with a token. */
    @FunctionalInterface
    public interface Call<T> {
        /**
         * Sends it.
         *
         * @param refused to be run when the other side refuses the token itself, so that a new one may help
         */
        T with(String token, Runnable refused) throws IOException;
    }

    /**
     * Sends a request, with a new token once more if the first was refused.
     *
     * @throws SourceFailure if there is no answer, whatever the reason
     */
    public <T> T send(Errand errand, Class<T> type, Call<T> call) {
        try {
            T answer = withFreshToken(errand, type, call);
            credentials.accepted(scope);
            return answer;
        } catch (SourceFailure e) {
            if (e.state() == SourceState.DENIED) {
                credentials.refused(scope);
            }
            throw e;
        }
    }

    /** The failure of a reply that asks for a pause; nothing is sent until it is over. */
    public SourceFailure paused(Reply reply, String sentence) {
        Duration pause = budget.pause(RetryAfter.of(reply, clock));
        return new SourceFailure(SourceState.THROTTLED, sentence, Optional.of(pause), null);
    }

    private <T> T withFreshToken(Errand errand, Class<T> type, Call<T> call) {
        String token = tokens.current(scope, errand.deadline());
        AtomicBoolean refused = new AtomicBoolean();
        try {
            return guarded(errand, type, () -> call.with(token, () -> refused.set(true)));
        } catch (SourceFailure e) {
            if (!refused.get()) {
                throw e;
            }
            tokens.forget(scope, token);
            String another = tokens.current(scope, errand.deadline());
            return guarded(errand, type, () -> call.with(another, () -> {}));
        }
    }

    private <T> T guarded(Errand errand, Class<T> type, Callable<T> call) {
        if (!errand.deadline().allows(SHORTEST_CALL)) {
            throw new SourceFailure(SourceState.TIMED_OUT, Words.NO_ANSWER_IN_TIME);
        }
        return guarded.call(
                () -> {
                    pay(errand);
                    return call.call();
                },
                type);
    }

    private void pay(Errand errand) {
        Optional<Duration> wait = budget.take(errand.priority());
        if (wait.isPresent()) {
            throw new SourceFailure(SourceState.THROTTLED, Words.BUDGET_SPENT, wait, null);
        }
    }
}
