package org.mailtrace.standins.exo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailtrace.standins.StandInsConfig;

class QuotaTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void refusesBeyondTheWindowsLimitAndSaysWhenToComeBack() {
        // given
        Quota quota = quota("2");
        quota.spend();
        quota.spend();

        // when
        QuotaSpentException refusal = catchThrowableOfType(QuotaSpentException.class, quota::spend);

        // then
        assertThat(refusal.retryAfterSeconds()).contains(Duration.ofMinutes(5).toSeconds());
    }

    @Test
    void refusesWithoutSayingWhenToComeBackIfSoConfigured() {
        // given
        Quota quota = quota("1", "false");
        quota.spend();

        // when
        QuotaSpentException refusal = catchThrowableOfType(QuotaSpentException.class, quota::spend);

        // then
        assertThat(refusal.retryAfterSeconds()).isEmpty();
    }

    @Test
    void canBeSwitchedOff() {
        // given
        Quota quota = quota("0");

        // when
        for (int i = 0; i < 500; i++) {
            quota.spend();
        }

        // then
        assertThat(catchThrowableOfType(QuotaSpentException.class, quota::spend))
                .isNull();
    }

    private static Quota quota(String limit) {
        return quota(limit, "true");
    }

    private static Quota quota(String limit, String saysWhen) {
        StandInsConfig config = new SmallRyeConfigBuilder()
                .withMapping(StandInsConfig.class)
                .withDefaultValues(Map.of(
                        "mailtrace.standins.exchange-online.quota",
                        limit,
                        "mailtrace.standins.exchange-online.retry-after",
                        saysWhen,
                        "mailtrace.standins.exchange-online.quota-window",
                        "PT5M"))
                .withConverter(Duration.class, 200, new DurationConverter())
                .build()
                .getConfigMapping(StandInsConfig.class);
        return new Quota(config, Clock.fixed(NOON, ZoneOffset.UTC));
    }
}
