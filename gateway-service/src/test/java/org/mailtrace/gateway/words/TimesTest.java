package org.mailtrace.gateway.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TimesTest {
    private static final Instant FIRST = Instant.parse("2026-11-01T08:30:00Z");
    private static final Instant AGAIN = Instant.parse("2026-11-01T09:30:00Z");
    private static final Instant NOON = Instant.parse("2026-11-01T20:00:00Z");

    private final Times times = new Times(ZoneId.of("America/Los_Angeles"));

    @Test
    void tellsTheHourThatComesTwiceApart() {
        assertThat(times.moment(FIRST, NOON)).isEqualTo("at 01:30 (UTC-07:00)");
        assertThat(times.moment(AGAIN, NOON)).isEqualTo("at 01:30 (UTC-08:00)");
        assertThat(times.moment(AGAIN, NOON.plusSeconds(86_400))).isEqualTo("on 1 November at 01:30 (UTC-08:00)");
        assertThat(times.second(FIRST)).isEqualTo("2026-11-01 01:30:00 (UTC-07:00)");
        assertThat(times.day(AGAIN)).isEqualTo("1 November 2026, 01:30 (UTC-08:00)");
    }

    @Test
    void saysNoOffsetWhereNoneIsNeeded() {
        assertThat(times.moment(FIRST.minusSeconds(3_600), NOON)).isEqualTo("at 00:30");
        assertThat(times.moment(AGAIN.plusSeconds(3_600), NOON)).isEqualTo("at 02:30");
        assertThat(new Times(ZoneOffset.UTC).moment(FIRST, NOON)).isEqualTo("at 08:30");
    }

    @Test
    void namesTheZoneSoThatItIsUnderstood() {
        assertThat(times.areInZone()).isEqualTo("Times are in America/Los_Angeles.");
        assertThat(new Times(ZoneId.of("UTC")).zone()).isEqualTo("UTC");
        assertThat(new Times(ZoneOffset.ofHours(1)).zone()).isEqualTo("UTC+01:00");
    }
}
