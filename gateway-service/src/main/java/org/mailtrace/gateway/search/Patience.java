package org.mailtrace.gateway.search;

import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.ask.AbandonedException;

/** Waits for an answer no longer than a caller wants to. */
@ApplicationScoped
class Patience {
    private final ExecutorService threads;

    Patience(@VirtualThreads ExecutorService threads) {
        this.threads = threads;
    }

    /** The answer if it comes in time and no source needs a report for it; whatever is late is interrupted. */
    Optional<Search.Result> within(Duration wait, Supplier<Search.Result> work) {
        Future<Search.Result> running = threads.submit(work::get);
        try {
            return Optional.of(running.get(wait.toMillis(), TimeUnit.MILLISECONDS))
                    .filter(result -> result.answer().sources().stream()
                            .noneMatch(source -> source.state() == SourceState.REPORT_REQUIRED));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbandonedException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            running.cancel(true);
        }
    }
}
