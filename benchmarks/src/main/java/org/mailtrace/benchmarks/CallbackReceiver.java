package org.mailtrace.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody who is called back and does not always take it: of a hundred calls most are taken, every third is refused, every tenth
 * broken off, every fiftieth not answered in time, and one is told that the address is gone.
 */
final class CallbackReceiver implements AutoCloseable {
    /** Longer than it is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong places = new AtomicLong();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();

    CallbackReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/called", this::called);
        server.start();
    }

    /** Where to call, another one for each report. */
    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/called/" + places.incrementAndGet();
    }

    long calls() {
        return calls.get();
    }

    long taken() {
        return taken.get();
    }

    private void called(HttpExchange exchange) throws IOException {
        long call = calls.incrementAndGet();
        exchange.getRequestBody().readAllBytes();
        if (call % 100 == 99) {
            exchange.sendResponseHeaders(410, -1);
        } else if (call % 50 == 0) {
            hesitate();
        } else if (call % 3 == 0) {
            exchange.sendResponseHeaders(503, -1);
        } else if (call % 10 != 0) {
            exchange.sendResponseHeaders(204, -1);
            taken.incrementAndGet();
        }
        exchange.close();
    }

    private static void hesitate() {
        try {
            TimeUnit.NANOSECONDS.sleep(PATIENCE.multipliedBy(2).toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
