package org.mailtrace.http.guard;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.Guard;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jboss.logging.Logger;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.SourceState;

/**
 * One thing that is called, behind time-out, retry, circuit breaker and bulkhead (SmallRye Fault Tolerance). Whatever
 * goes wrong becomes a {@link SourceFailure}; there is no fallback value. Only outages count against the circuit: a
 * vendor that refuses a credential or spent a quota did answer, one that was not called did nothing wrong, and neither
 * did one whose answer nobody waited for: callers who leave interrupt the call.
 */
public final class Guarded {
    private static final Logger LOG = Logger.getLogger(Guarded.class);

    /** Chains of causes may be circles. */
    private static final int MOST_CAUSES = 20;

    /** Every guard of this process that somebody still uses. */
    private static final Set<Guarded> ALL = Collections.newSetFromMap(Collections.synchronizedMap(new WeakHashMap<>()));

    private final String name;
    private final GuardSettings settings;
    private final Clock clock;
    private final Semaphore places;
    private final Duration placeWait;
    private final AtomicReference<Breaker> breaker;
    private final AtomicReference<Optional<Instant>> lastSuccess = new AtomicReference<>(Optional.empty());

    /**
     * @param name what is called, as a person knows it; it stands in sentences and, as the description, in metrics
     */
    public Guarded(String name, GuardSettings settings, Clock clock) {
        this.name = name;
        this.clock = clock;
        this.settings = settings;
        this.places = new Semaphore(settings.concurrency(), true);
        this.placeWait = settings.placeWait();
        this.breaker = new AtomicReference<>(breaker(CircuitState.UNKNOWN));
        ALL.add(this);
    }

    /**
     * Sets the circuits of all guards of this process back.
     *
     * @see #reset()
     */
    public static void resetAll() {
        List.copyOf(ALL).forEach(Guarded::reset);
    }

    /**
     * Lets calls through again at once and forgets those that failed: for whoever knows that what is called is back. When a
     * call last succeeded stays as it was, and so does a circuit that nothing was called through yet. A call that is under
     * way still ends as it ends, but says nothing about the new circuit.
     */
    public synchronized void reset() {
        // SmallRye can set a circuit back too, but tells its metrics nothing of that: they would go on saying that it
        // is open.
        CircuitMetrics.forget(name);
        breaker.set(breaker(circuit() == CircuitState.UNKNOWN ? CircuitState.UNKNOWN : CircuitState.CLOSED));
        LOG.infof("circuit was reset target=%s", name);
    }

    private Breaker breaker(CircuitState state) {
        AtomicReference<CircuitState> circuit = new AtomicReference<>(state);
        return new Breaker(build(circuit), circuit);
    }

    private Guard build(AtomicReference<CircuitState> circuit) {
        Guard.Builder builder = Guard.create()
                .withDescription(name)
                .withTimeout()
                .duration(millis(settings.timeout()), ChronoUnit.MILLIS)
                .done()
                .withBulkhead()
                .limit(settings.concurrency())
                .done()
                .withCircuitBreaker()
                .when(thrown -> countsAsOutage(thrown, circuit.get()))
                .requestVolumeThreshold(settings.breakerVolume())
                .failureRatio(settings.breakerRatio())
                .delay(millis(settings.breakerDelay()), ChronoUnit.MILLIS)
                .onStateChange(state -> circuit.set(stateOf(state)))
                .done();
        if (settings.retries() > 0) {
            builder = builder.withRetry()
                    .whenException(thrown -> !isInterrupted(thrown) && isOutage(thrown))
                    .maxRetries(settings.retries())
                    .delay(millis(settings.retryDelay()), ChronoUnit.MILLIS)
                    .jitter(millis(settings.retryDelay()) / 2, ChronoUnit.MILLIS)
                    .maxDuration(millis(settings.budget()), ChronoUnit.MILLIS)
                    .done();
        }
        return builder.build();
    }

    /**
     * Calls it.
     *
     * @throws SourceFailure if there is no answer, whatever the reason
     */
    public <T> T call(Callable<T> call, Class<T> type) {
        if (!waitForPlace()) {
            throw new SourceFailure(SourceState.FAILED, tooMany());
        }
        Breaker now = breaker.get();
        try {
            T answer = now.guard.call(call, type);
            now.answered();
            lastSuccess.set(Optional.of(clock.instant()));
            return answer;
        } catch (SourceFailure e) {
            if (!e.isOutage() && !e.isOurOwn()) {
                now.answered();
            }
            throw e;
        } catch (CircuitBreakerOpenException e) {
            throw failure(SourceState.CIRCUIT_OPEN, name + " keeps failing and is not asked for a moment.", e);
        } catch (TimeoutException e) {
            throw failure(SourceState.TIMED_OUT, name + " did not answer in time.", e);
        } catch (BulkheadException e) {
            throw failure(SourceState.FAILED, tooMany(), e);
        } catch (Exception e) {
            if (isInterrupted(e)) {
                throw abandoned(e);
            }
            LOG.warnf("call failed target=%s cause=%s", name, e.getClass().getSimpleName());
            throw failure(SourceState.FAILED, name + " could not be reached or gave no usable answer.", e);
        } finally {
            places.release();
        }
    }

    private String tooMany() {
        return name + " is being asked too many questions at once.";
    }

    /** Many who ask at the same moment are let in one after another, in the order in which they came. */
    private boolean waitForPlace() {
        try {
            return places.tryAcquire(placeWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw abandoned(e);
        }
    }

    private SourceFailure abandoned(Exception cause) {
        Thread.currentThread().interrupt();
        return SourceFailure.ofOurOwn(
                SourceState.TIMED_OUT, "Nobody waited for the answer of " + name + " any more.", cause);
    }

    /** State of the circuit breaker; {@link CircuitState#UNKNOWN} before the first call. */
    public CircuitState circuit() {
        return breaker.get().circuit.get();
    }

    /** When a call last succeeded. */
    public Optional<Instant> lastSuccess() {
        return lastSuccess.get();
    }

    private static SourceFailure failure(SourceState state, String explanation, Exception cause) {
        return new SourceFailure(state, explanation, Optional.empty(), cause);
    }

    /**
     * Whoever leaves says nothing about the vendor. But a probe that was not waited for has not shown that the vendor is back:
     * that one leaves the circuit open for another while.
     */
    private static boolean countsAsOutage(Throwable thrown, CircuitState circuit) {
        return isInterrupted(thrown) ? circuit == CircuitState.HALF_OPEN : isOutage(thrown);
    }

    private static boolean isOutage(Throwable thrown) {
        return thrown instanceof SourceFailure failure
                ? failure.isOutage()
                : !(thrown instanceof CircuitBreakerOpenException) && !(thrown instanceof BulkheadException);
    }

    /** Whether the calling thread was told to stop; the guard's own time-out has its own exception. */
    private static boolean isInterrupted(Throwable thrown) {
        return !(thrown instanceof TimeoutException)
                && (Thread.currentThread().isInterrupted()
                        || Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                                .limit(MOST_CAUSES)
                                .anyMatch(Guarded::isInterrupt));
    }

    private static boolean isInterrupt(Throwable thrown) {
        boolean socketTimeout = thrown instanceof SocketTimeoutException;
        return thrown instanceof InterruptedException
                || thrown instanceof ClosedByInterruptException
                || (thrown instanceof InterruptedIOException && !socketTimeout);
    }

    private static CircuitState stateOf(CircuitBreakerState state) {
        return switch (state) {
            case CLOSED -> CircuitState.CLOSED;
            case OPEN -> CircuitState.OPEN;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
        };
    }

    private static long millis(Duration duration) {
        return Math.max(1, duration.toMillis());
    }

    /** A circuit, from one reset to the next. */
    private record Breaker(Guard guard, AtomicReference<CircuitState> circuit) {
        void answered() {
            circuit.compareAndSet(CircuitState.UNKNOWN, CircuitState.CLOSED);
        }
    }
}
