package org.mailtrace.proofpoint.slicing;

import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs readings beside each other, a few at once, and leaves those behind that are not done in time. */
@ApplicationScoped
public class AtOnce {
    private final ExecutorService threads;

    public AtOnce(@VirtualThreads ExecutorService threads) {
        this.threads = threads;
    }

    /** Runs all; returns when all are done or the time is over. */
    public void run(List<Runnable> readings, int atOnce, Deadline deadline) {
        Semaphore turns = new Semaphore(atOnce);
        List<Future<?>> running = new ArrayList<>();
        for (Runnable reading : readings) {
            running.add(threads.submit(() -> inTurn(reading, turns)));
        }
        for (Future<?> reading : running) {
            await(reading, deadline);
        }
    }

    private static void inTurn(Runnable reading, Semaphore turns) {
        try {
            turns.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            reading.run();
        } finally {
            turns.release();
        }
    }

    private static void await(Future<?> reading, Deadline deadline) {
        try {
            reading.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | CancellationException e) {
            reading.cancel(true);
        } catch (InterruptedException e) {
            reading.cancel(true);
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reading broke", e.getCause());
        }
    }
}
