package org.mailtrace.onprem.live.wsman;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.mailtrace.http.span.ClientSpan;

/**
 * HTTP for one session: its own cookies, because the front end finds the shell's server by them, its own connection,
 * bodies within bounds. Nothing is followed to another address: that would take the credential there.
 */
final class Http implements AutoCloseable {
    private final HttpClient client;
    private final URI url;
    private final int maxBody;

    /**
     * A session's way to a server.
     *
     * @param trust which certificates are believed, where they are not those that Java itself believes
     */
    Http(URI url, int maxBody, Optional<SSLContext> trust) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                .connectTimeout(Duration.ofSeconds(5));
        trust.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.url = url;
        this.maxBody = maxBody;
    }

    URI url() {
        return url;
    }

    HttpResponse<byte[]> post(Map<String, String> headers, byte[] body, Duration atMost)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                // In front of Exchange stands IIS, which presses answers unless told not to.
                .header("Accept-Encoding", "identity");
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request.build(), HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), maxBody));
        try (ClientSpan span = ClientSpan.begin("Exchange server", "POST", url)) {
            // The client's own time-out ends with the headers; this one covers the body too.
            HttpResponse<byte[]> response = answer.get(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS);
            span.answered(response.statusCode());
            return response;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new SlowAnswerException();
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
