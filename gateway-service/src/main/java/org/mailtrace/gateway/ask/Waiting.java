package org.mailtrace.gateway.ask;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.mailtrace.contract.SourceAnswer;

/** A call that is waited for. */
final class Waiting {
    private final Call call;
    private final Instant since;
    private final AtomicReference<Optional<Supplier<SourceAnswer>>> outcome = new AtomicReference<>(Optional.empty());
    private final Future<?> running;
    private boolean late;

    /** Makes the call on a thread of its own; when it is over, one permit is given. */
    Waiting(Call call, Instant since, ExecutorService threads, Semaphore arrivals, Load load) {
        this.call = call;
        this.since = since;
        this.running = threads.submit(() -> {
            outcome.set(Optional.of(made(call, load)));
            arrivals.release();
        });
    }

    private static Supplier<SourceAnswer> made(Call call, Load load) {
        try {
            SourceAnswer answer = call.work().apply(load);
            return () -> answer;
        } catch (RuntimeException | Error e) {
            // Told to the one who waits: an error that nobody hears of would be taken for a source that is slow.
            return () -> {
                throw new IllegalStateException("a source call must turn every failure into a state", e);
            };
        }
    }

    Call call() {
        return call;
    }

    Instant since() {
        return since;
    }

    boolean isOver() {
        return outcome.get().isPresent();
    }

    boolean isLate() {
        return late;
    }

    void setLate() {
        late = true;
    }

    /** What it brought, once it is over. */
    SourceAnswer answer() {
        return outcome.get().orElseThrow().get();
    }

    void breakOff() {
        running.cancel(true);
    }
}
