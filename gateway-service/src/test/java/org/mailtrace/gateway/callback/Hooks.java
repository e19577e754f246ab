package org.mailtrace.gateway.callback;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server that is called back, on 127.0.0.1, plain or with a certificate for hooks.example that is made for the test. */
final class Hooks implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /** A call as it came. */
    record Call(String path, Map<String, String> headers, String body) {}

    /** An answer: a status, and perhaps a header. */
    record Answer(int status, Map<String, String> headers) {}

    final List<Call> calls = Collections.synchronizedList(new ArrayList<>());
    final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    private Hooks(HttpServer server) throws IOException {
        this.server = server;
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    static Hooks plain() throws IOException {
        return new Hooks(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    static Hooks secure(KeyStore keys) throws IOException, GeneralSecurityException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new Hooks(server);
    }

    static KeyStore certificate(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("hooks.p12");
        int code = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hooks",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=hooks.example",
                        "-ext",
                        "SAN=dns:hooks.example",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("keytool ended with " + code);
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    static String pem(KeyStore keys) throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(keys.getCertificate("hooks").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** So it answers, one after the other; afterwards 204. */
    void answers(int... statuses) {
        for (int status : statuses) {
            answers.add(new Answer(status, Map.of()));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            calls.add(new Call(exchange.getRequestURI().toString(), headers, body));
            Answer answer = answers.isEmpty() ? new Answer(204, Map.of()) : answers.remove();
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
