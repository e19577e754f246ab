package org.mailtrace.exo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.700Z");

    @Test
    void widensToWholeSeconds() {
        assertThat(window("2026-11-20T00:00:00.500Z", "2026-11-21T00:00:00.001Z"))
                .isEqualTo(new Window(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-21T00:00:01Z")));
    }

    @Test
    void neverEndsAfterNow() {
        assertThat(window("2026-11-23T07:00:00Z", "2026-11-24T00:00:00Z").to())
                .isEqualTo(Instant.parse("2026-11-23T08:00:00Z"));
    }

    @Test
    void keepsAWindowThatBarelyBegan() {
        assertThat(window("2026-11-23T08:00:00.600Z", "2026-11-23T08:00:00.700Z"))
                .isEqualTo(new Window(Instant.parse("2026-11-23T07:59:59Z"), Instant.parse("2026-11-23T08:00:00Z")));
    }

    @Test
    void asksOnceForTenDaysUpToNow() {
        assertThat(window("2026-11-13T08:00:00.700Z", "2026-11-23T08:00:00.700Z")
                        .slices())
                .hasSize(1);
    }

    @Test
    void asksTwiceIfWholeSecondsMakeItWiderThanTenDays() {
        assertThat(window("2026-11-01T00:00:00.500Z", "2026-11-11T00:00:00.500Z")
                        .slices())
                .containsExactly(
                        new Window(Instant.parse("2026-11-01T00:00:01Z"), Instant.parse("2026-11-11T00:00:01Z")),
                        new Window(Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-01T00:00:01Z")));
    }

    @Test
    void reachesBackNinetyDaysFromTheBeginningOfTheDay() {
        assertThat(Window.searchableFrom(NOW)).isEqualTo(Instant.parse("2026-08-25T00:00:00Z"));
    }

    private static Window window(String from, String to) {
        return Window.around(Instant.parse(from), Instant.parse(to), NOW);
    }
}
