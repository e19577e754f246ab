package org.mailtrace.gateway.callback;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfigUtils;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import org.mailtrace.gateway.words.CallbackWords;

/**
 * Calls over HTTP. It connects to the address it is given and to no other; the host's name serves for the Host header, for
 * SNI and for the check of the certificate. Nothing is followed, no connection is kept, no body is read.
 */
@ApplicationScoped
class HttpCaller implements Caller {
    private final HttpClient client;

    @Inject
    HttpCaller(Vertx vertx, CallbackSettings settings, TlsConfigurationRegistry registry) {
        this(vertx, trusting(settings, registry), settings.timeout());
    }

    HttpCaller(Vertx vertx, HttpClientOptions options, Duration timeout) {
        this.client = vertx.createHttpClient(options.setKeepAlive(false)
                .setMaxRedirects(0)
                .setForceSni(true)
                .setVerifyHost(true)
                .setMaxHeaderSize(16_384)
                .setConnectTimeout((int) timeout.toMillis()));
    }

    private static HttpClientOptions trusting(CallbackSettings settings, TlsConfigurationRegistry registry) {
        HttpClientOptions options = new HttpClientOptions();
        settings.tls()
                .ifPresent(name -> TlsConfigUtils.configure(
                        options,
                        registry.get(name)
                                .orElseThrow(() -> new ConfigurationException(
                                        "The setting mailtrace.callbacks.tls names \"" + name
                                                + "\", which is no TLS configuration.",
                                        Set.of("mailtrace.callbacks.tls")))));
        return options;
    }

    @PreDestroy
    void close() {
        client.close();
    }

    @Override
    public Reply post(Target target, InetAddress address, Map<String, String> headers, String body, Duration within)
            throws IOException {
        AtomicReference<HttpClientRequest> open = new AtomicReference<>();
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                .setMethod(HttpMethod.POST)
                .setSsl(target.secure())
                .setHost(target.bareHost())
                .setPort(target.port())
                .setURI(target.path())
                .setFollowRedirects(false);
        headers.forEach(options::addHeader);
        CompletableFuture<Reply> reply = client.request(options)
                .compose(request -> {
                    open.set(request);
                    return request.send(Buffer.buffer(body));
                })
                .map(response -> {
                    // It is broken off below on purpose; what that leads to is nobody's error.
                    response.exceptionHandler(ignored -> {});
                    return new Reply(response.statusCode(), Optional.ofNullable(response.getHeader("Retry-After")));
                })
                .toCompletionStage()
                .toCompletableFuture();
        try {
            return reply.get(Math.max(1, within.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException(CallbackWords.LATE, e);
        } catch (ExecutionException e) {
            boolean untrusted = e.getCause() instanceof SSLException;
            throw new IOException(untrusted ? CallbackWords.UNTRUSTED : CallbackWords.UNREACHABLE, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(CallbackWords.LATE, e);
        } finally {
            Optional.ofNullable(open.get()).ifPresent(HttpClientRequest::reset);
        }
    }
}
