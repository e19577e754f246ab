package org.mailtrace.proofpoint.stream;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.mailtrace.http.span.ClientSpan;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.vendor.RetryAfter;

/** Opens connections. The JDK's client verifies the server's certificate and its name. */
final class Connector {
    private static final String PATH = "/v1/stream";

    private static final int SWITCHING_PROTOCOLS = 101;
    /** As the vendor's own add-on writes it. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx").withZone(ZoneOffset.UTC);

    private final StreamSettings settings;
    private final HttpClient client;
    private final Clock clock;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

    Connector(StreamSettings settings, Optional<SSLContext> tls, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    /** A live connection: it carries no time, because times are rounded to hours and repeat what came before. */
    Session live(RecordType type) throws RefusedException, UnreachableException, InterruptedException {
        return open(address(type, Optional.empty()), settings.token().orElseThrow());
    }

    /** One hour of the archive, with a token of its own if there is one. */
    Session archive(RecordType type, Hour hour) throws RefusedException, UnreachableException, InterruptedException {
        return open(
                address(type, Optional.of(hour)),
                settings.archiveToken().or(settings::token).orElseThrow());
    }

    /** Ends all connections, whatever those who opened them wait for. */
    void hangUp() {
        sessions.forEach(Session::close);
        sessions.removeIf(Session::isOver);
    }

    private URI address(RecordType type, Optional<Hour> hour) {
        String base = settings.url().orElseThrow().strip();
        String bare = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
        StringBuilder address = new StringBuilder(bare.endsWith(PATH) ? bare : bare + PATH)
                .append("?cid=")
                .append(encoded(settings.clusterId().orElseThrow()))
                .append("&type=")
                .append(type.word());
        hour.ifPresent(each -> address.append("&sinceTime=")
                .append(time(each.start()))
                .append("&toTime=")
                .append(time(each.end())));
        return URI.create(address.toString());
    }

    private static String time(Instant moment) {
        return encoded(TIME.format(moment));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Session open(URI address, String token)
            throws RefusedException, UnreachableException, InterruptedException {
        Session session = new Session(settings, clock);
        CompletableFuture<WebSocket> opening = client.newWebSocketBuilder()
                .connectTimeout(settings.connectTimeout())
                .header("Authorization", "Bearer " + token)
                .buildAsync(address, session);
        boolean open = false;
        try (ClientSpan span = ClientSpan.begin("Proofpoint log stream", "GET", address)) {
            session.uses(opening.get(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS));
            open = true;
            span.answered(SWITCHING_PROTOCOLS);
            sessions.removeIf(Session::isOver);
            sessions.add(session);
            return session;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refusal) {
                throw new RefusedException(
                        refusal.getResponse().statusCode(),
                        refusal.getResponse()
                                .headers()
                                .firstValue("Retry-After")
                                .flatMap(text -> RetryAfter.in(text, clock.instant())));
            }
            throw UnreachableException.because(e.getCause());
        } catch (TimeoutException e) {
            // Not cancelled: that would hide a connection that opens after all, and nobody could end it.
            throw UnreachableException.because(e);
        } finally {
            if (!open) {
                // A connection that opens when nobody waits for it any more would hold the token's only session.
                CompletableFuture<Void> _ = opening.thenAccept(WebSocket::abort);
            }
        }
    }
}
