package org.mailtrace.exo.wire;

import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.words.InterfaceWords;
import org.mailtrace.exo.words.Words;
import org.mailtrace.http.guard.SourceFailure;
import org.mailtrace.http.span.ClientSpan;

/**
 * Sends requests to addresses that are followed exactly as given, which a declared REST interface cannot promise: Graph
 * hands out the address of each next page. The JDK's client never follows a redirect with our token, never unpacks a
 * compressed body, and lets one limit cover headers and body alike. Certificates and host names are always verified.
 */
@ApplicationScoped
public class Wire {
    private final WireSettings settings;
    private final HttpClient client;

    /** With the JVM's trust store. */
    public Wire(WireSettings settings) {
        this(settings, Optional.empty());
    }

    @Inject
    Wire(WireSettings settings, TlsConfigurationRegistry tls) {
        this(settings, settings.tlsConfiguration().map(name -> context(name, tls)));
    }

    Wire(WireSettings settings, Optional<SSLContext> tls) {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER);
        tls.ifPresent(builder::sslContext);
        this.settings = settings;
        this.client = builder.build();
    }

    /**
     * Sends a request and reads the whole reply.
     *
     * @throws SourceFailure with {@link SourceState#TIMED_OUT} if it takes longer than the request's limit or the
     *     deadline allows; with {@link SourceState#FAILED} if the host is unknown or not trusted
     * @throws ConnectionDroppedException if the other side broke off
     * @throws IOException if there is no reply
     */
    public Reply send(HttpRequest.Builder request, Deadline deadline) throws IOException {
        return send(request, deadline, settings.requestTimeout());
    }

    /** As above, with a limit of its own in place of the configured one. */
    public Reply send(HttpRequest.Builder builder, Deadline deadline, Duration requestTimeout) throws IOException {
        HttpRequest request = builder.build();
        Duration limit = shorter(requestTimeout, deadline.left());
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), settings.maxBodyBytes()));
        try (ClientSpan span = ClientSpan.begin("Microsoft", request.method(), request.uri())) {
            HttpResponse<byte[]> response = pending.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            span.answered(response.statusCode());
            return new Reply(
                    response.statusCode(), response.headers(), new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            throw new SourceFailure(SourceState.TIMED_OUT, Words.NO_ANSWER_IN_TIME, Optional.empty(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while waiting for a reply").initCause(e);
        } catch (ExecutionException e) {
            throw failure(request.uri().getHost(), e.getCause());
        } finally {
            pending.cancel(true);
        }
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }

    /** What an administrator can mend has a sentence of its own; the cause itself is not shown. */
    private static IOException failure(String host, Throwable cause) {
        if (isCausedBy(cause, UnresolvedAddressException.class, UnknownHostException.class)) {
            throw new SourceFailure(SourceState.FAILED, InterfaceWords.hostUnknown(host), Optional.empty(), cause);
        }
        if (isCausedBy(cause, SSLException.class)) {
            throw new SourceFailure(SourceState.FAILED, InterfaceWords.hostNotTrusted(host), Optional.empty(), cause);
        }
        return isCausedBy(cause, ConnectException.class, HttpConnectTimeoutException.class)
                ? new IOException("no connection", cause)
                : new ConnectionDroppedException(cause);
    }

    private static boolean isCausedBy(Throwable thrown, Class<?>... kinds) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> Stream.of(kinds).anyMatch(kind -> kind.isInstance(cause)));
    }

    private static SSLContext context(String name, TlsConfigurationRegistry tls) {
        try {
            TlsConfiguration configuration = tls.get(name)
                    .orElseThrow(() -> new IllegalStateException(
                            "Set mailtrace.exo.wire.tls-configuration to the name of a quarkus.tls configuration."));
            return configuration.createSSLContext();
        } catch (IllegalStateException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Set quarkus.tls." + name + " to a trust store that can be read.", e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
