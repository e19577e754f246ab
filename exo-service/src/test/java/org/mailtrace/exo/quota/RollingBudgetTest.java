package org.mailtrace.exo.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.TickingClock;

class RollingBudgetTest {
    private final TickingClock clock = new TickingClock("2026-11-23T08:00:00Z");
    private final RollingBudget budget = new RollingBudget(
            Settings.of(QuotaSettings.class, Map.of("mailtrace.exo.quota.requests", "2")),
            clock,
            new SimpleMeterRegistry());

    @Test
    void refusesWithTheTimeUntilTheOldestRequestLeavesTheWindow() {
        // given
        assertThat(budget.take(Priority.QUESTION)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(budget.take(Priority.QUESTION)).isEmpty();

        // then
        assertThat(budget.remaining()).isZero();
        assertThat(budget.take(Priority.QUESTION)).contains(Duration.ofMinutes(4));

        // and
        clock.advance(Duration.ofMinutes(4));
        assertThat(budget.remaining()).isEqualTo(1);
        assertThat(budget.take(Priority.QUESTION)).isEmpty();
    }

    @Test
    void sendsNothingWhileTheVendorWantsAPause() {
        // when
        assertThat(budget.pause(Optional.of(Duration.ofSeconds(17)))).isEqualTo(Duration.ofSeconds(17));

        // then
        assertThat(budget.take(Priority.QUESTION)).contains(Duration.ofSeconds(17));
        clock.advance(Duration.ofSeconds(17));
        assertThat(budget.take(Priority.QUESTION)).isEmpty();
    }

    @Test
    void pausesUntilItsOwnOldestRequestIsOverWhenTheVendorNamesNoTime() {
        // given
        budget.take(Priority.QUESTION);
        clock.advance(Duration.ofMinutes(2));

        // then
        assertThat(budget.pause(Optional.empty())).isEqualTo(Duration.ofMinutes(3));
    }

    @Test
    void neverShortensAPause() {
        // given
        budget.pause(Optional.of(Duration.ofSeconds(60)));

        // when
        budget.pause(Optional.of(Duration.ofSeconds(5)));

        // then
        assertThat(budget.take(Priority.QUESTION)).contains(Duration.ofSeconds(60));
    }
}
