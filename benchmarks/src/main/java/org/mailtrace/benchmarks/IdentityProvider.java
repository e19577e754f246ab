package org.mailtrace.benchmarks;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** Publishes the key of a {@link Reader}, as much of an identity provider as a service needs to check its tokens. */
final class IdentityProvider implements AutoCloseable {
    private final Reader reader;
    private final HttpServer server;

    IdentityProvider() throws IOException, GeneralSecurityException {
        this(new Reader());
    }

    IdentityProvider(Reader reader) throws IOException {
        this.reader = reader;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        publish(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + "/keys\"}");
        publish("/keys", reader.keySet());
        // For the gateway's own account; the sources here do not look at it.
        publish(
                "/protocol/openid-connect/token",
                "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"synthetic\"}");
        server.start();
    }

    private void publish(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String token() throws GeneralSecurityException {
        return reader.token(url());
    }

    /** For somebody who may ask. */
    String token(String subject) throws GeneralSecurityException {
        return token(subject, "trace-reader");
    }

    /** For somebody with that role. */
    String token(String subject, String role) throws GeneralSecurityException {
        return reader.token(url(), subject, role);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
