package org.mailtrace.exo.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.mailtrace.http.request.Along;

/** Does the same for several things, a few of them at once, on virtual threads. */
final class AtOnce {
    private AtOnce() {}

    /** The results in the order of the inputs. What is done is bounded by its own deadline. */
    static <T, R> List<R> map(List<T> inputs, int atOnce, Function<T, R> work) {
        if (inputs.size() == 1) {
            return List.of(work.apply(inputs.getFirst()));
        }
        Semaphore places = new Semaphore(atOnce);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<R>> running = inputs.stream()
                    .map(input -> threads.submit(Along.with(inPlace(places, () -> work.apply(input)))))
                    .toList();
            List<R> results = new ArrayList<>();
            for (Future<R> result : running) {
                results.add(result.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a request broke", e.getCause());
        }
    }

    private static <R> Callable<R> inPlace(Semaphore places, Callable<R> work) {
        return () -> {
            places.acquire();
            try {
                return work.call();
            } finally {
                places.release();
            }
        };
    }
}
