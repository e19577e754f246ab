package org.mailtrace.proofpoint.vendor;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
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
    private final Map<ManagedModule, Pause> pauses = new EnumMap<>(ManagedModule.class);

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
        for (ManagedModule module : ManagedModule.values()) {
            pauses.put(module, new Pause(module, clock));
        }
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
                .register(new Refusals(module, credentials, pauses.get(module), settings.retryAfter(), clock));
        settings.tlsConfiguration().flatMap(tls::get).ifPresent(builder::tlsConfiguration);
        return builder.build(api);
    }

    /**
     * Asks, unless the vendor wants to be left alone for a while, and reads the answer as JSON.
     *
     * @throws SourceFailure if there is no answer, or one that is too long or no JSON
     */
    public JsonNode ask(ManagedModule module, Supplier<InputStream> request) throws IOException {
        pauses.get(module).check();
        try {
            return read(request.get(), module);
        } catch (ProcessingException e) {
            throw new SourceFailure(SourceState.FAILED, whyUnreachable(e, module), Optional.empty(), e);
        }
    }

    /** What an administrator can mend has a sentence of its own; the cause itself is not shown. */
    private static String whyUnreachable(Throwable thrown, ManagedModule module) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || cause instanceof CertificateException) {
                return Sentences.notTrusted(module.called());
            }
            if (cause instanceof UnknownHostException) {
                return Sentences.unknownHost(module.called());
            }
        }
        return Sentences.unreachable(module.called());
    }

    private JsonNode read(InputStream body, ManagedModule module) throws IOException {
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
