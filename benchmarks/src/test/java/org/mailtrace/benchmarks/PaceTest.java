package org.mailtrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @Test
    void aSteadyClockIsSoManyTimesFasterAllTheTime() {
        assertThat(MovedClock.Pace.steady(2880).after(SECOND)).isEqualTo(Duration.ofMinutes(48));
        assertThat(MovedClock.Pace.steady(2880).after(SECOND / 2)).isEqualTo(Duration.ofMinutes(24));
    }

    @Test
    void aLeapingClockGoesAsARealOneBetweenItsLeapsAndIsAsFastOnTheWhole() {
        // given
        MovedClock.Pace pace = MovedClock.Pace.leaping(Duration.ofMinutes(30), 2880);

        // then
        assertThat(pace.after(SECOND / 2)).isEqualTo(Duration.ofMillis(500));
        assertThat(pace.after(SECOND * 624 / 1000)).isEqualTo(Duration.ofMillis(624));
        assertThat(pace.after(SECOND * 626 / 1000))
                .isEqualTo(Duration.ofMinutes(30).plusMillis(1));
        assertThat(pace.after(900 * SECOND)).isEqualTo(Duration.ofDays(30));
    }
}
