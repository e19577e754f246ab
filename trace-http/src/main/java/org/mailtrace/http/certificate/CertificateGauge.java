package org.mailtrace.http.certificate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** How long a certificate is still good. */
public final class CertificateGauge {
    private static final double MILLIS = 1000.0;

    private CertificateGauge() {}

    /**
     * Measures one.
     *
     * @param use what it is used for; no name of its owner
     * @param end when it ends, as often as somebody asks; empty while that is unknown, which is no number
     */
    public static void register(MeterRegistry registry, Clock clock, String use, Supplier<Optional<Instant>> end) {
        Gauge.builder("mailtrace.certificate.remaining", () -> seconds(clock, end.get()))
                .baseUnit("seconds")
                .description("Until the certificate ends; less than nothing once it has")
                .tag("use", use)
                .register(registry);
    }

    private static double seconds(Clock clock, Optional<Instant> end) {
        return end.map(moment -> Duration.between(clock.instant(), moment).toMillis() / MILLIS)
                .orElse(Double.NaN);
    }
}
