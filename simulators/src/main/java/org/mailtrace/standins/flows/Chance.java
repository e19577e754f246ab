package org.mailtrace.standins.flows;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The dice of one flow: the same for the same seed and number. */
final class Chance {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final Random random;

    Chance(long seed, int number) {
        random = new Random(seed * SPREAD + number * 0xD1B54A32D192ED03L);
        // The first value of neighbouring seeds is nearly the same.
        random.nextLong();
        random.nextLong();
    }

    /** From {@code low} to {@code high}, both included. */
    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    Duration between(Duration low, Duration high) {
        return Duration.ofSeconds(between((int) low.toSeconds(), (int) high.toSeconds()));
    }

    /** True in so many of a hundred cases. */
    boolean percent(int share) {
        return random.nextInt(100) < share;
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** The place that a share of the whole falls into. */
    int weighted(int... weights) {
        int sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        int at = random.nextInt(sum);
        for (int i = 0; i < weights.length; i++) {
            at -= weights[i];
            if (at < 0) {
                return i;
            }
        }
        throw new IllegalStateException("weights are positive");
    }
}
