package org.mailtrace.exo.token;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.token.TokenEndpoint.Grant;
import org.mailtrace.exo.wire.Deadline;
import org.mailtrace.exo.wire.Wire;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.certificate.CertificateGauge;
import org.mailtrace.http.guard.Guarded;
import org.mailtrace.http.guard.SourceFailure;

/**
 * The service's access tokens, one for each scope: kept while they are good, replaced before they end, fetched by one
 * request at a time however many questions wait. Tokens are never logged.
 */
@Startup
@ApplicationScoped
public class AccessTokens {
    private final TokenEndpoint endpoint;
    private final Guarded guarded;
    private final Duration refreshEarly;
    private final CredentialWatch credentials;
    private final Clock clock;
    private final Map<String, KeptToken> byScope = new ConcurrentHashMap<>();

    AccessTokens(
            TokenSettings settings,
            Wire wire,
            ObjectMapper json,
            CredentialWatch credentials,
            Clock clock,
            MeterRegistry registry) {
        URI address = Required.address("mailtrace.exo.token-url", settings.tokenUrl());
        String clientId = Required.text("mailtrace.exo.client-id", settings.clientId());
        ClientCredential credential = Credentials.of(settings, address, clientId, clock);
        measure(credential, registry, clock);
        this.endpoint = new TokenEndpoint(wire, json, clock, address, clientId, credential);
        this.guarded = new Guarded(Words.SIGN_IN, settings.tokenGuard(), clock);
        this.refreshEarly = settings.tokenRefreshEarly();
        this.credentials = credentials;
        this.clock = clock;
    }

    static void measure(ClientCredential credential, MeterRegistry registry, Clock clock) {
        if (credential.end().isPresent()) {
            CertificateGauge.register(registry, clock, "microsoft-entra-id", credential::end);
        }
    }

    /**
     * A token that Microsoft has not refused yet.
     *
     * @param scope what it is for, such as {@code https://graph.microsoft.com/.default}
     * @throws SourceFailure if there is none to be had
     */
    public String current(String scope, Deadline deadline) {
        return of(scope).current(deadline);
    }

    /** Forgets a token that Microsoft refused before its time; a newer one stays. */
    public void forget(String scope, String refused) {
        of(scope).forget(refused);
    }

    private KeptToken of(String scope) {
        return byScope.computeIfAbsent(
                scope, wanted -> new KeptToken(deadline -> fetch(wanted, deadline), refreshEarly, clock));
    }

    private Grant fetch(String scope, Deadline deadline) {
        try {
            return guarded.call(() -> endpoint.request(scope, deadline), Grant.class);
        } catch (SourceFailure e) {
            if (e.state() == SourceState.DENIED) {
                credentials.refused(scope);
            }
            throw e;
        }
    }
}
