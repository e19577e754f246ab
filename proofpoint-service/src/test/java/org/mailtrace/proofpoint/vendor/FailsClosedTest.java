package org.mailtrace.proofpoint.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.proofpoint.ClusterResource;
import org.mailtrace.proofpoint.settings.ProofpointSettings;

/** F14: names without addresses and certificates that prove nothing end the question before anything is sent. */
@QuarkusTest
@QuarkusTestResource(ClusterResource.class)
@QuarkusTestResource(TlsResource.class)
class FailsClosedTest {
    @Inject
    TlsConfigurationRegistry tls;

    @Inject
    MeterRegistry registry;

    /** Any request of the API. */
    @Path("/anything")
    public interface AnyApi {
        @GET
        InputStream get();
    }

    @BeforeEach
    void nothingWasAsked() {
        TlsResource.requests().set(0);
    }

    @Test
    void f14ACertificateThatIsInOrderIsTrusted() throws IOException {
        assertThat(ask(TlsResource.url("good")).isObject()).isTrue();
        assertThat(TlsResource.requests()).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "another-host", "stranger"})
    void f14ACertificateThatProvesNothingGetsNoPassword(String certificate) {
        // when
        SourceFailure failure = catchThrowableOfType(SourceFailure.class, () -> ask(TlsResource.url(certificate)));

        // then
        assertThat(failure.state()).isEqualTo(SourceState.FAILED);
        assertThat(failure).hasMessageContaining("its TLS certificate is not trusted, expired, or for another host");
        assertThat(TlsResource.requests()).hasValue(0);
    }

    @Test
    void f14ANameWithoutAnAddressIsSaid() {
        // when
        SourceFailure failure =
                catchThrowableOfType(SourceFailure.class, () -> ask("https://no-such-host.invalid:10000"));

        // then
        assertThat(failure.state()).isEqualTo(SourceState.FAILED);
        assertThat(failure).hasMessageContaining("has no address");
    }

    @Test
    void theCertificateOfAKeyStoreIsMeasuredAndThoseThatAreOnlyTrustedAreNot() {
        assertThat(registry.find("mailtrace.certificate.remaining").gauges())
                .singleElement()
                .satisfies(gauge -> {
                    assertThat(gauge.getId().getTag("use")).isEqualTo("tls-own");
                    assertThat(gauge.value())
                            .isBetween((double) Duration.ofDays(58).toSeconds(), (double)
                                    Duration.ofDays(91).toSeconds());
                });
    }

    private JsonNode ask(String url) throws IOException {
        ProofpointSettings settings = new SmallRyeConfigBuilder()
                .withMapping(ProofpointSettings.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "mailtrace.proofpoint.url", url,
                                "mailtrace.proofpoint.username", "svc",
                                "mailtrace.proofpoint.password", "canary",
                                "mailtrace.proofpoint.tls-configuration", "cluster"),
                        "test",
                        500))
                .withConverter(Duration.class, 200, new io.quarkus.runtime.configuration.DurationConverter())
                .withConverter(
                        io.quarkus.runtime.configuration.MemorySize.class,
                        200,
                        new io.quarkus.runtime.configuration.MemorySizeConverter())
                .build()
                .getConfigMapping(ProofpointSettings.class);
        Clock clock = Clock.systemUTC();
        Cluster cluster = new Cluster(settings, new Credentials(clock), tls, new ObjectMapper(), clock);
        AnyApi api = cluster.client(AnyApi.class, ManagedModule.SMART_SEARCH, Duration.ofSeconds(5));
        return cluster.ask(ManagedModule.SMART_SEARCH, api::get);
    }
}
