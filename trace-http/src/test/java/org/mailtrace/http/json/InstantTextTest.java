package org.mailtrace.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
    private static final DateTimeFormatter PLATFORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Test
    void writesAndReadsAsThePlatformDoes() {
        Random random = new Random(20261127);
        for (int i = 0; i < 20_000; i++) {
            // given
            Instant instant = Instant.ofEpochSecond(random.nextLong(-62_167_219_200L, 253_402_300_800L))
                    .plusNanos(random.nextInt(1_000_000_000));

            // then
            assertThat(InstantText.millis(instant)).isEqualTo(PLATFORM.format(instant));
            assertThat(InstantText.plain(instant.toString())).contains(instant);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "2026-11-23",
                "2026-11-23T08:12Z",
                "2026-11-23T08:12:04",
                "2026-11-23T08:12:04.Z",
                "2026-11-23T08:12:04.1234567890Z",
                "2026-11-23T08:12:04+01:00",
                "2026-02-30T08:12:04Z",
                "2026-11-23T24:12:04Z",
                "2026-11-23T08:12:60Z",
                "+2026-11-23T08:12:04Z",
                "2026-11-23T08:1x:04Z",
                "2026-11-23T08:12:04.-12Z",
                "\u0662026-11-23T08:12:04Z"
            })
    void leavesToThePlatformWhatIsWrittenOtherwise(String text) {
        assertThat(InstantText.plain(text)).isEmpty();
    }

    @Test
    void writesTimesThatNobodyLivesToSee() {
        assertThat(InstantText.millis(Instant.parse("+12026-11-23T08:12:04Z"))).isEqualTo("+12026-11-23T08:12:04.000Z");
    }
}
