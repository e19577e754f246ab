package org.mailtrace.gateway.ask;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.mailtrace.gateway.settings.GatewaySettings;

/**
 * Clients of the sources' services: bounded in time, never redirected, and under https talking only to who proves to be
 * that host. Certificates of an authority of one's own are trusted by {@code quarkus.tls.trust-store}.
 */
@ApplicationScoped
public class SourceClients {
    /** The guard gives up first, and says that it was the time; the client only clears away what is left then. */
    private static final Duration BEHIND_THE_GUARD = Duration.ofMillis(500);

    /**
     * So much of an answer is handed at once, at most, to the thread that reads it. Each piece of it costs two hand-overs between
     * threads, and most answers are larger than the client's usual 8 KB.
     */
    private static final int PIECE = 64 * 1024;

    private final Optional<TlsConfiguration> tls;

    @Inject
    SourceClients(TlsConfigurationRegistry tls) {
        this(tls.getDefault());
    }

    SourceClients(Optional<TlsConfiguration> tls) {
        this.tls = tls;
    }

    /** A client of that source's addresses. */
    public <T> T to(GatewaySettings.Source source, Class<T> api) {
        long millis = source.guard().timeout().plus(BEHIND_THE_GUARD).toMillis();
        QuarkusRestClientBuilder builder = QuarkusRestClientBuilder.newBuilder()
                .baseUri(source.url())
                .followRedirects(false)
                .connectTimeout(millis, TimeUnit.MILLISECONDS)
                .readTimeout(millis, TimeUnit.MILLISECONDS)
                .httpClientOptionsCustomizer(options -> options.setMaxChunkSize(PIECE))
                .register(new Breakable())
                .register(new SourceReply())
                .register(new Refusal());
        tls.ifPresent(builder::tlsConfiguration);
        return builder.build(api);
    }

    /** Reads what a source wrote; a document that says a thing twice, or goes on after its end, can be read in two ways. */
    public static ObjectReader strict(ObjectMapper json) {
        return json.reader()
                .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}
