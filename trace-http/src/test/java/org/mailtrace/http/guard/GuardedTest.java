package org.mailtrace.http.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;

@QuarkusTest
class GuardedTest {
    private static final int PLACES = 5;

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void isUnknownUntilItIsCalled() {
        // given
        Guarded guarded = guarded(new Numbers(Duration.ofSeconds(20), 0, 6, Duration.ofSeconds(20)));

        // then
        assertThat(guarded.circuit()).isEqualTo(CircuitState.UNKNOWN);
        assertThat(guarded.lastSuccess()).isEmpty();

        // when
        assertThat(guarded.call(() -> "yes", String.class)).isEqualTo("yes");

        // then
        assertThat(guarded.circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(guarded.lastSuccess()).isPresent();
    }

    @Test
    void triesAgainAsOftenAsItIsTold() {
        // given
        Guarded guarded = guarded(new Numbers(Duration.ofSeconds(20), 2, 20, Duration.ofSeconds(20)));

        // when
        SourceFailure failure = failureOf(guarded, this::fail);

        // then
        assertThat(failure.state()).isEqualTo(SourceState.FAILED);
        assertThat(failure.getMessage()).doesNotContain("secret.host");
        assertThat(calls).hasValue(3);
    }

    @Test
    void opensTheCircuitThenStopsCalling() {
        // given
        Guarded guarded = guarded(new Numbers(Duration.ofSeconds(20), 0, 2, Duration.ofMinutes(10)));

        // when
        failureOf(guarded, this::fail);
        failureOf(guarded, this::fail);
        SourceFailure refused = failureOf(guarded, this::fail);

        // then
        assertThat(refused.state()).isEqualTo(SourceState.CIRCUIT_OPEN);
        assertThat(guarded.circuit()).isEqualTo(CircuitState.OPEN);
        assertThat(calls).hasValue(2);
    }

    @Test
    void closesTheCircuitWithTheFirstCallThatWorksAgain() {
        // given
        Guarded guarded = guarded(new Numbers(Duration.ofSeconds(20), 0, 2, Duration.ofMillis(300)));
        failureOf(guarded, this::fail);
        failureOf(guarded, this::fail);
        assertThat(guarded.circuit()).isEqualTo(CircuitState.OPEN);

        // when
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> works(guarded));

        // then
        assertThat(guarded.circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void neitherRetriesNorOpensForAVendorThatAnsweredNo() {
        // given
        Guarded guarded = guarded(new Numbers(Duration.ofSeconds(20), 2, 2, Duration.ofSeconds(20)));

        // when
        for (int i = 0; i < 5; i++) {
            SourceFailure failure = failureOf(guarded, () -> {
                calls.incrementAndGet();
                throw new SourceFailure(SourceState.DENIED, "The account is refused.");
            });
            assertThat(failure.state()).isEqualTo(SourceState.DENIED);
        }

        // then
        assertThat(calls).hasValue(5);
        assertThat(guarded.circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void neitherRetriesNorOpensForAFailureOfOurOwn() {
        // given
        Guarded guarded = guarded(new Numbers(Duration.ofSeconds(20), 2, 2, Duration.ofSeconds(20)));

        // when
        for (int i = 0; i < 5; i++) {
            SourceFailure failure = failureOf(guarded, () -> {
                calls.incrementAndGet();
                throw SourceFailure.ofOurOwn(SourceState.FAILED, "It could not be counted.", null);
            });
            assertThat(failure.state()).isEqualTo(SourceState.FAILED);
            assertThat(failure).hasMessage("It could not be counted.");
        }

        // then
        assertThat(calls).hasValue(5);
        assertThat(guarded.circuit()).isEqualTo(CircuitState.UNKNOWN);
    }

    @Test
    void givesUpOnACallThatNeverAnswers() {
        // given
        Guarded guarded = guarded(new Numbers(Duration.ofMillis(100), 0, 6, Duration.ofSeconds(20)));

        // when
        SourceFailure failure = failureOf(guarded, () -> {
            new CountDownLatch(1).await();
            return "never";
        });

        // then
        assertThat(failure.state()).isEqualTo(SourceState.TIMED_OUT);
    }

    @Test
    void whoeverLeavesOpensNoCircuitForTheOthers() throws InterruptedException {
        // given
        Guarded guarded = guarded(new Numbers(Duration.ofSeconds(20), 0, 2, Duration.ofSeconds(20)));

        // when
        for (int i = 0; i < 4; i++) {
            SourceFailure failure = leaveDuring(guarded, () -> new CountDownLatch(1).await());
            assertThat(failure.state()).isEqualTo(SourceState.TIMED_OUT);
            assertThat(failure.isOutage()).isFalse();
        }
        leaveDuring(guarded, () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IOException("no reply", e);
            }
        });

        // then
        assertThat(guarded.call(() -> "yes", String.class)).isEqualTo("yes");
        assertThat(guarded.circuit()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void aProbeThatNobodyWaitedForProvesNothing() throws InterruptedException {
        // given
        Guarded guarded = guarded(new Numbers(Duration.ofSeconds(20), 0, 2, Duration.ofMillis(300)));
        failureOf(guarded, this::fail);
        failureOf(guarded, this::fail);
        assertThat(guarded.circuit()).isEqualTo(CircuitState.OPEN);

        // when
        AtomicInteger probes = new AtomicInteger();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            Thread caller = Thread.ofVirtual()
                    .start(() -> failureOf(guarded, () -> {
                        probes.incrementAndGet();
                        new CountDownLatch(1).await();
                        return "never";
                    }));
            Awaitility.await().until(() -> probes.get() > 0 || !caller.isAlive());
            caller.interrupt();
            caller.join();
            return probes.get() > 0;
        });

        // then
        assertThat(guarded.circuit()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void whoeverFindsNoPlaceWaitsForItsTurnAndIsRefusedAfterThat() throws Exception {
        // given
        CountDownLatch full = new CountDownLatch(PLACES);
        CountDownLatch leave = new CountDownLatch(1);
        Guarded patient = guarded(new Numbers(Duration.ofSeconds(20), 0, 6, Duration.ofSeconds(20)).waiting(20_000));
        Guarded hasty = guarded(new Numbers(Duration.ofSeconds(20), 0, 6, Duration.ofSeconds(20)).waiting(1));

        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PLACES; i++) {
                callers.execute(() -> patient.call(() -> stay(full, leave), String.class));
            }
            full.await();

            // when
            FutureTask<String> late = new FutureTask<>(() -> patient.call(() -> "late", String.class));
            Thread caller = Thread.ofVirtual().start(late);
            Awaitility.await().until(() -> late.isDone() || caller.getState() == Thread.State.TIMED_WAITING);
            leave.countDown();

            // then
            assertThat(late.get()).isEqualTo("late");
        }

        CountDownLatch fullAgain = new CountDownLatch(PLACES);
        CountDownLatch never = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PLACES; i++) {
                callers.execute(() -> hasty.call(() -> stay(fullAgain, never), String.class));
            }
            fullAgain.await();

            // when
            SourceFailure refused = failureOf(hasty, () -> "late");
            never.countDown();

            // then
            assertThat(refused.state()).isEqualTo(SourceState.FAILED);
            assertThat(refused).hasMessageContaining("too many questions at once");
            assertThat(hasty.circuit()).isNotEqualTo(CircuitState.OPEN);
        }
    }

    private static String stay(CountDownLatch here, CountDownLatch leave) throws InterruptedException {
        here.countDown();
        leave.await();
        return "stayed";
    }

    /** Calls on a thread of its own, and interrupts it once it waits. */
    private static SourceFailure leaveDuring(Guarded guarded, Waiting waiting) throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        AtomicReference<SourceFailure> failure = new AtomicReference<>();
        Thread caller = Thread.ofVirtual()
                .start(() -> failure.set(failureOf(guarded, () -> {
                    called.countDown();
                    waiting.await();
                    return "never";
                })));
        assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        caller.join();
        return failure.get();
    }

    @FunctionalInterface
    private interface Waiting {
        void await() throws Exception;
    }

    private String fail() throws IOException {
        calls.incrementAndGet();
        throw new IOException("secret.host refused");
    }

    private static boolean works(Guarded guarded) {
        try {
            return guarded.call(() -> true, Boolean.class);
        } catch (SourceFailure e) {
            return false;
        }
    }

    private static SourceFailure failureOf(Guarded guarded, Callable<String> call) {
        return catchThrowableOfType(SourceFailure.class, () -> guarded.call(call, String.class));
    }

    @Test
    void letsTheVeryNextCallThroughAfterAResetAndForgetsWhatFailed() {
        // given
        Guarded guarded = new Guarded(
                "The vendor that is back",
                new Numbers(Duration.ofSeconds(20), 0, 4, Duration.ofMinutes(10)),
                Clock.systemUTC());
        for (int i = 0; i < 4; i++) {
            failureOf(guarded, this::fail);
        }
        assertThat(failureOf(guarded, () -> "back").state()).isEqualTo(SourceState.CIRCUIT_OPEN);
        assertThat(shown("open")).isEqualTo(1);

        // when
        guarded.reset();

        // then
        assertThat(guarded.circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(guarded.lastSuccess()).isEmpty();
        assertThat(guarded.call(() -> "back", String.class)).isEqualTo("back");
        assertThat(shown("open")).isZero();
        assertThat(shown("closed")).isEqualTo(1);

        // and when it fails again
        for (int i = 0; i < 3; i++) {
            assertThat(failureOf(guarded, this::fail).state()).isEqualTo(SourceState.FAILED);
        }

        // then
        assertThat(guarded.circuit()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void aCallFromBeforeTheResetSaysNothingAboutTheNewCircuit() throws Exception {
        // given
        Guarded guarded = guarded(new Numbers(Duration.ofSeconds(60), 0, 2, Duration.ofMinutes(10)));
        failureOf(guarded, this::fail);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayFail = new CountDownLatch(1);
        FutureTask<SourceFailure> slow = new FutureTask<>(() -> failureOf(guarded, () -> {
            begun.countDown();
            mayFail.await();
            return fail();
        }));
        Thread.ofVirtual().start(slow);
        begun.await();

        // when
        guarded.reset();
        mayFail.countDown();

        // then
        assertThat(slow.get().state()).isEqualTo(SourceState.FAILED);
        assertThat(guarded.circuit()).isNotEqualTo(CircuitState.OPEN);
        assertThat(guarded.call(() -> "back", String.class)).isEqualTo("back");
    }

    @Test
    void setsAllBackAtOnceAndLeavesUnknownWhatWasNeverCalled() {
        // given
        Guarded called = guarded(new Numbers(Duration.ofSeconds(20), 0, 2, Duration.ofMinutes(10)));
        Guarded neverCalled = guarded(new Numbers(Duration.ofSeconds(20), 0, 2, Duration.ofMinutes(10)));
        failureOf(called, this::fail);
        failureOf(called, this::fail);
        assertThat(called.circuit()).isEqualTo(CircuitState.OPEN);

        // when
        Guarded.resetAll();

        // then
        assertThat(called.circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(neverCalled.circuit()).isEqualTo(CircuitState.UNKNOWN);
    }

    /** As the metrics show the circuit. */
    private static double shown(String state) {
        return Metrics.globalRegistry
                .find("ft.circuitbreaker.state.current")
                .tags("method", "The vendor that is back", "state", state)
                .gauges()
                .stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    private static Guarded guarded(Numbers numbers) {
        return new Guarded("The vendor", numbers, Clock.systemUTC());
    }

    private record Numbers(Duration timeout, int retries, int breakerVolume, Duration breakerDelay, Duration placeWait)
            implements GuardSettings {
        Numbers(Duration timeout, int retries, int breakerVolume, Duration breakerDelay) {
            this(timeout, retries, breakerVolume, breakerDelay, Duration.ZERO);
        }

        Numbers waiting(long millis) {
            return new Numbers(timeout, retries, breakerVolume, breakerDelay, Duration.ofMillis(millis));
        }

        @Override
        public Duration budget() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration retryDelay() {
            return Duration.ofMillis(1);
        }

        @Override
        public int concurrency() {
            return PLACES;
        }

        @Override
        public double breakerRatio() {
            return 0.5;
        }
    }
}
