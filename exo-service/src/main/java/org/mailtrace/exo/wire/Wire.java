package org.mailtrace.exo.wire;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Sends requests to addresses that are followed exactly as given, which a declared REST interface cannot promise: Graph
 * hands out the address of each next page. The JDK's client never follows a redirect with our token, never unpacks a
 * compressed body, and lets one limit cover headers and body alike.
 */
@ApplicationScoped
public class Wire {
    private final WireSettings settings;
    private final HttpClient client;

    public Wire(WireSettings settings) {
        this.settings = settings;
        this.client = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Sends a request and reads the whole reply.
     *
     * @throws SourceFailure with {@link SourceState#TIMED_OUT} if it takes longer than the request's limit or the
     *     deadline allows
     * @throws IOException if there is no reply, or it is longer than configured
     */
    public Reply send(HttpRequest.Builder request, Deadline deadline) throws IOException {
        Duration limit = shorter(settings.requestTimeout(), deadline.left());
        CompletableFuture<HttpResponse<byte[]>> pending = client.sendAsync(
                request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), settings.maxBodyBytes()));
        try {
            HttpResponse<byte[]> response = pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(
                    response.statusCode(), response.headers(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            throw new SourceFailure(SourceState.TIMED_OUT, Words.NO_ANSWER_IN_TIME, Optional.empty(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for a reply").initCause(e);
        } catch (ExecutionException e) {
            throw new IOException("no usable reply", e.getCause());
        } finally {
            pending.cancel(true);
        }
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
