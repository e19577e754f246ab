package org.mailtrace.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Random requests and pauses, judged by a list of everything that was ever taken. */
@ParameterizedClass
@EnumSource(Engine.class)
class BudgetModelTest {
    private static final int ALLOWED = 10;
    private static final Duration WINDOW = Duration.ofSeconds(60);
    private static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final SettableClock clock = new SettableClock(BEGIN);
    private final List<Instant> taken = new ArrayList<>();
    private Instant pausedUntil = BEGIN;

    @Parameter
    private Engine engine;

    @TempDir
    private Path folder;

    @Test
    void agreesWithAListOfEverythingThatWasTaken() {
        try (JobStore store = Engine.open(engine.newAddress(folder), clock)) {
            SharedBudget budget = store.budget("test", ALLOWED, WINDOW);
            for (int i = 0; i < 1500; i++) {
                clock.advance(Duration.ofMillis(random.nextInt(9000)));
                assertThat(budget.remaining())
                        .as("seed %d, operation %d", seed, i)
                        .isEqualTo(remaining());
                if (random.nextInt(30) == 0) {
                    pause(budget, i);
                } else {
                    take(budget, i);
                }
            }
        }
    }

    private void take(SharedBudget budget, int operation) {
        int requests = 1 + random.nextInt(3);
        int reserve = random.nextInt(ALLOWED - 3);
        Optional<Duration> wait = budget.take(requests, reserve);
        Instant now = clock.instant();
        Instant first = firstMoment(requests + reserve);
        assertThat(wait)
                .as("seed %d, operation %d", seed, operation)
                .isEqualTo(first.isAfter(now) ? Optional.of(Duration.between(now, first)) : Optional.empty());
        if (wait.isEmpty()) {
            for (int i = 0; i < requests; i++) {
                taken.add(now);
            }
        }
    }

    private void pause(SharedBudget budget, int operation) {
        Optional<Duration> named =
                random.nextBoolean() ? Optional.of(Duration.ofMillis(random.nextInt(40_000))) : Optional.empty();
        Instant now = clock.instant();
        Instant end = named.map(now::plus)
                .orElseGet(() -> counted(now).findFirst().orElse(now).plus(WINDOW));
        pausedUntil = end.isAfter(pausedUntil) ? end : pausedUntil;
        assertThat(budget.pause(named))
                .as("seed %d, operation %d", seed, operation)
                .isEqualTo(Duration.between(now, pausedUntil));
    }

    private int remaining() {
        Instant now = clock.instant();
        return now.isBefore(pausedUntil) ? 0 : ALLOWED - (int) counted(now).count();
    }

    /** The first moment at which so many fit in: now, the end of the pause, or when some request leaves the window. */
    private Instant firstMoment(int wanted) {
        return Stream.concat(
                        Stream.of(clock.instant(), pausedUntil),
                        counted(clock.instant()).map(at -> at.plus(WINDOW)))
                .filter(moment -> !moment.isBefore(clock.instant()) && !moment.isBefore(pausedUntil))
                .filter(moment -> counted(moment).count() + wanted <= ALLOWED)
                .min(Instant::compareTo)
                .orElseThrow();
    }

    private Stream<Instant> counted(Instant moment) {
        return taken.stream().filter(at -> at.plus(WINDOW).isAfter(moment));
    }
}
