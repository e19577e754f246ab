package org.mailtrace.gateway.ask;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.quarkus.tls.BaseTlsConfiguration;
import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.net.KeyStoreOptions;
import io.vertx.core.net.TrustOptions;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.testkit.TlsServers;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F14: unknown hosts and certificates that prove nothing")
class F14UntrustedSourceTest {
    @TempDir
    static Path folder;

    private static TlsServers servers;
    private static Path trust;

    @Inject
    ObjectMapper json;

    @BeforeAll
    static void makeCertificates() throws IOException, GeneralSecurityException, InterruptedException {
        servers = new TlsServers(folder, FakeSources.answer("archive", "ANSWERED", "", ""));
        trust = folder.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(trust)) {
            servers.trustStore().store(out, "changeit".toCharArray());
        }
    }

    @AfterAll
    static void stopServers() {
        servers.close();
    }

    @Test
    void asksAHostThatProvesWhoItIs() {
        // given
        int before = servers.requests();

        // then
        assertThat(source(servers.url("good")).ask().state()).isEqualTo(SourceState.ANSWERED);
        assertThat(servers.requests()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "another-host", "stranger"})
    void givesNoTokenToAHostThatDoesNotProveWhoItIs(String certificate) {
        // given
        int before = servers.requests();
        DirectSource source = source(servers.url(certificate));

        // when
        List<SourceState> states =
                IntStream.range(0, 8).mapToObj(i -> source.ask().state()).toList();

        // then
        assertThat(states.subList(0, 6)).containsOnly(SourceState.FAILED);
        assertThat(states.subList(6, 8)).containsOnly(SourceState.CIRCUIT_OPEN);
        assertThat(source.source().circuit()).isEqualTo(CircuitState.OPEN);
        assertThat(servers.requests()).isEqualTo(before);
    }

    @Test
    void neverFallsBackToClearText() {
        // given
        FakeSources.allEmpty();
        String url = "https://localhost:" + FakeSources.server("archive").port();

        // then
        assertThat(source(url).ask().state()).isEqualTo(SourceState.FAILED);
        FakeSources.server("archive").verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void namesASourceWhoseHostDoesNotExist() {
        // when
        SourceAnswer answer = source("http://unknown.invalid").ask();

        // then
        assertThat(answer.state()).isEqualTo(SourceState.FAILED);
        assertThat(answer.explanation().orElseThrow()).startsWith("Archive could not be reached");
        assertThat(answer.observations()).isEmpty();
    }

    private DirectSource source(String url) {
        return new DirectSource(url, Map.of("breaker-delay", "10m"), Optional.of(trusting()), json);
    }

    /** As {@code quarkus.tls.trust-store} sets it. */
    private static TlsConfiguration trusting() {
        return new BaseTlsConfiguration() {
            @Override
            public KeyStore getTrustStore() {
                try {
                    return servers.trustStore();
                } catch (IOException | GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public TrustOptions getTrustStoreOptions() {
                return new KeyStoreOptions()
                        .setType("PKCS12")
                        .setPath(trust.toString())
                        .setPassword("changeit");
            }

            @Override
            public SSLContext createSSLContext() {
                throw new UnsupportedOperationException();
            }
        };
    }
}
