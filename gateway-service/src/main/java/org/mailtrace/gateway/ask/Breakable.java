package org.mailtrace.gateway.ask;

import io.vertx.core.http.HttpClientRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.client.impl.ClientRequestContextImpl;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;

/**
 * Breaks a request off when the thread that waits for its answer is told to stop. The client alone would leave it under way,
 * and the source would go on working for nobody. One that still waits for a connection is broken off as soon as it has one; the
 * source may have seen it for some milliseconds.
 */
final class Breakable implements ClientRequestFilter {
    private static final Duration PAUSE = Duration.ofMillis(10);
    /** Longer than any client waits for a connection. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final ThreadLocal<Optional<RestClientRequestContext>> SENT =
            ThreadLocal.withInitial(Optional::empty);

    /** Runs on the thread that makes the call. */
    @Override
    public void filter(ClientRequestContext request) {
        SENT.set(Optional.of(((ClientRequestContextImpl) request).getRestClientRequestContext()));
    }

    /** Makes a call; whatever ends it other than an answer ends the request too. */
    static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (WebApplicationException answered) {
            throw answered;
        } catch (RuntimeException e) {
            SENT.get().ifPresent(Breakable::breakOff);
            throw e;
        } finally {
            SENT.remove();
        }
    }

    private static void breakOff(RestClientRequestContext sent) {
        if (!isBrokenOff(sent)) {
            // It is not connected yet. Told to forget it, the client would keep the connection that it then gets
            // until its own time-out, for nobody, and log what was asked. So it is sent, and broken off right after.
            Thread.ofVirtual().name("mailtrace-breaking-off").start(() -> breakOffOnceConnected(sent));
        }
    }

    private static boolean isBrokenOff(RestClientRequestContext sent) {
        Optional<HttpClientRequest> request = Optional.ofNullable(sent.getHttpClientRequest());
        request.ifPresent(HttpClientRequest::reset);
        return request.isPresent();
    }

    private static void breakOffOnceConnected(RestClientRequestContext sent) {
        try {
            long begun = System.nanoTime();
            while (!isBrokenOff(sent) && !sent.getResult().isDone() && System.nanoTime() - begun < LONGEST.toNanos()) {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
