package org.mailtrace.http.certificate;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/**
 * The certificates by which this service proves itself: those in the key stores of {@code quarkus.tls}, also after they
 * were loaded anew. What it trusts is not measured: bundles of authorities always hold some that have ended.
 */
@Startup
@ApplicationScoped
class OwnCertificates {
    OwnCertificates(TlsConfigurationRegistry tls, Config config, Clock clock, MeterRegistry registry) {
        watch("tls", tls.getDefault(), clock, registry);
        config.unwrap(SmallRyeConfig.class)
                .getConfigMapping(TlsConfig.class)
                .namedCertificateConfig()
                .keySet()
                .forEach(name -> watch("tls-" + name, tls.get(name), clock, registry));
    }

    private static void watch(String use, Optional<TlsConfiguration> tls, Clock clock, MeterRegistry registry) {
        tls.filter(configuration -> configuration.getKeyStore() != null)
                .ifPresent(configuration ->
                        CertificateGauge.register(registry, clock, use, () -> firstEnd(configuration.getKeyStore())));
    }

    /** When the first of its certificates ends, UTC; empty if it holds none that can be read. */
    static Optional<Instant> firstEnd(KeyStore store) {
        try {
            return Collections.list(store.aliases()).stream()
                    .flatMap(alias -> chain(store, alias))
                    .filter(X509Certificate.class::isInstance)
                    .map(certificate ->
                            ((X509Certificate) certificate).getNotAfter().toInstant())
                    .min(Instant::compareTo);
        } catch (KeyStoreException e) {
            return Optional.empty();
        }
    }

    private static Stream<Certificate> chain(KeyStore store, String alias) {
        try {
            return Stream.ofNullable(store.getCertificateChain(alias)).flatMap(Stream::of);
        } catch (KeyStoreException e) {
            return Stream.empty();
        }
    }
}
