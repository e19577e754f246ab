package org.mailtrace.testkit;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Servers with certificates in order, expired, for another host, and of a stranger; all made when the test starts. */
public final class TlsServers implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private final Map<String, HttpsServer> servers = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final KeyStore keys = KeyStore.getInstance("PKCS12");
    private final byte[] body;

    /**
     * Makes the certificates and starts the servers.
     *
     * @param answer the JSON that every request gets
     */
    public TlsServers(Path folder, String answer) throws IOException, GeneralSecurityException, InterruptedException {
        body = answer.getBytes(StandardCharsets.UTF_8);
        Path store = folder.resolve("keys.p12");
        make(store, "ca", "authority", List.of("-ext", "bc:c", "-startdate", "-30d", "-validity", "90"));
        make(store, "good", "localhost", List.of("-signer", "ca"));
        make(store, "expired", "localhost", List.of("-signer", "ca", "-startdate", "-20d", "-validity", "10"));
        make(store, "another-host", "elsewhere.example", List.of("-signer", "ca"));
        make(store, "stranger", "localhost", List.of());
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        for (String name : List.of("good", "expired", "another-host", "stranger")) {
            servers.put(name, serve(name));
        }
    }

    /** Where the server with that certificate is: {@code good}, {@code expired}, {@code another-host} or {@code stranger}. */
    public String url(String certificate) {
        return "https://localhost:" + servers.get(certificate).getAddress().getPort();
    }

    /** Requests that any of them got to read. */
    public int requests() {
        return requests.get();
    }

    /** Trusts the authority and nobody else. */
    public SSLContext trust() throws IOException, GeneralSecurityException {
        KeyStore trusted = trustStore();
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** Holds the authority and nobody else. */
    public KeyStore trustStore() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("ca", keys.getCertificate("ca"));
        return trusted;
    }

    @Override
    public void close() {
        servers.values().forEach(server -> server.stop(0));
    }

    private static void make(Path store, String alias, String host, List<String> more)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + host,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
        if (!alias.equals("ca")) {
            command.addAll(List.of("-ext", "san=dns:" + host));
        }
        command.addAll(more);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    private HttpsServer serve(String alias) throws IOException, GeneralSecurityException {
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, PASSWORD);
        own.setKeyEntry(alias, keys.getKey(alias, PASSWORD), PASSWORD, keys.getCertificateChain(alias));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(own, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
