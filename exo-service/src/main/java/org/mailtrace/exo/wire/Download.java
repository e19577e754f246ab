package org.mailtrace.exo.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.mailtrace.http.span.ClientSpan;

/** Fetches one large body, read as it comes. No redirect is followed. */
public final class Download {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final Duration timeout;

    /** @param timeout for all of it: a server that sends byte by byte is given up */
    public Download(Duration timeout) {
        this.timeout = timeout;
    }

    /** What is done with the body. */
    @FunctionalInterface
    public interface Sink {
        /** Reads the body to its end. */
        void read(InputStream body) throws IOException;
    }

    /**
     * Sends the request with a token.
     *
     * @throws IOException if the answer is not 200 or does not come to its end in time, or from the sink
     */
    public void fetch(URI address, String token, Sink sink) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/csv, application/octet-stream")
                .timeout(timeout)
                .build();
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        ClientSpan span = ClientSpan.begin("Microsoft", request.method(), address);
        Thread fetching = Thread.ofVirtual().start(() -> {
            try {
                send(request, sink, span);
                done.complete(true);
            } catch (IOException | RuntimeException e) {
                done.completeExceptionally(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                done.completeExceptionally(e);
            }
        });
        try {
            done.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no file", e);
        } finally {
            fetching.interrupt();
            span.close();
        }
    }

    private void send(HttpRequest request, Sink sink, ClientSpan span) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            span.answered(response.statusCode());
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            sink.read(body);
        }
    }
}
