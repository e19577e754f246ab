package org.mailtrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class GrowthTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void whatGrowsByMoreThanItMayOnceItIsSettledIsSaid() {
        // when
        boolean bounded = isBounded(day -> 100 + day, 0.05);

        // then
        assertThat(bounded).isFalse();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("slope +1.000 a day", "GROWS");
    }

    @Test
    void whatGrewBeforeThatOrBreathesOrShrinksIsBounded() {
        assertThat(isBounded(day -> Math.min(day, Growth.SETTLED) * 100, 0.05)).isTrue();
        assertThat(isBounded(day -> 100 + day % 2, 0.05)).isTrue();
        assertThat(isBounded(day -> 100 - day, 0.05)).isTrue();
        assertThat(isBounded(day -> 0, 0.05)).isTrue();
    }

    @Test
    void whatGoesUpAndDownByMoreThanItGrowsIsNotSaidToGrow() {
        assertThat(isBounded(day -> 300 + 20 * (day * 7 % 5) + day, 0.05)).isTrue();
        assertThat(isBounded(day -> 300 + 2 * (day * 7 % 5) + day, 0.05)).isFalse();
    }

    @Test
    void whatIsOnlyToldMayGrow() {
        assertThat(isBounded(day -> day, Double.POSITIVE_INFINITY)).isTrue();
    }

    private boolean isBounded(IntToDoubleFunction value, double mayGrow) {
        Growth growth = new Growth();
        for (int day = 0; day < 30; day++) {
            growth.add(List.of(new Growth.Amount("resident MB", value.applyAsDouble(day), mayGrow)));
        }
        return growth.isBounded(new PrintStream(said, true, StandardCharsets.UTF_8));
    }
}
