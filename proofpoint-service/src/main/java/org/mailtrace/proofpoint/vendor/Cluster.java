package org.mailtrace.proofpoint.vendor;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.proofpoint.settings.ProofpointSettings;
import org.mailtrace.proofpoint.words.Sentences;

/** Builds clients of the cluster's REST API and reads what they bring, up to a bound. */
@ApplicationScoped
public class Cluster {
    private static final String API = "/rest/v1";
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final ProofpointSettings settings;
    private final Credentials credentials;
    private final TlsConfigurationRegistry tls;
    private final ObjectMapper json;
    private final Clock clock;

    Cluster(
            ProofpointSettings settings,
            Credentials credentials,
            TlsConfigurationRegistry tls,
            ObjectMapper json,
            Clock clock) {
        this.settings = settings;
        this.credentials = credentials;
        this.tls = tls;
        this.json = json;
        this.clock = clock;
    }

    /** A client that verifies TLS, follows no redirect, and throws {@link SourceFailure} for every refusal. */
    public <T> T client(Class<T> api, ManagedModule module, Duration timeout) {
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(base())
                .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                // The guard's time-out comes first and says TIMED_OUT; this one only frees the connection.
                .readTimeout(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
                .followRedirects(false)
                .register(new BasicAuthentication(
                        settings.username().orElseThrow(), settings.password().orElseThrow()))
                .register(new Refusals(module, credentials, settings.retryAfter(), clock));
        settings.tlsConfiguration().flatMap(tls::get).ifPresent(builder::tlsConfiguration);
        return builder.build(api);
    }

    /**
     * Reads one answer as JSON.
     *
     * @throws SourceFailure if it is too long or no JSON
     */
    public JsonNode read(InputStream body, ManagedModule module) throws IOException {
        long bound = settings.maxResponseSize().asLongValue();
        try (BoundedBody bounded = new BoundedBody(body, bound)) {
            JsonNode answer = json.readTree(bounded);
            if (answer == null || answer.isMissingNode()) {
                throw new SourceFailure(SourceState.FAILED, Sentences.unreadable(module.called()));
            }
            credentials.accepted();
            return answer;
        } catch (BoundedBody.TooLongException e) {
            throw new SourceFailure(SourceState.FAILED, Sentences.tooLong(module.called(), bound));
        } catch (JacksonException e) {
            throw new SourceFailure(SourceState.FAILED, Sentences.unreadable(module.called()));
        }
    }

    private URI base() {
        String url = settings.url().orElseThrow().strip();
        String bare = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return URI.create(bare.endsWith(API) ? bare : bare + API);
    }
}
