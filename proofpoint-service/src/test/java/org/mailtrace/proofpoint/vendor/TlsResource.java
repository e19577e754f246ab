package org.mailtrace.proofpoint.vendor;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Servers with certificates that are in order, expired, for another host, and of a stranger; made when tests start. */
public class TlsResource implements QuarkusTestResourceLifecycleManager {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Map<String, HttpsServer> SERVERS = new ConcurrentHashMap<>();
    private static final AtomicInteger REQUESTS = new AtomicInteger();

    static String url(String certificate) {
        return "https://localhost:" + SERVERS.get(certificate).getAddress().getPort();
    }

    static AtomicInteger requests() {
        return REQUESTS;
    }

    @Override
    public Map<String, String> start() {
        try {
            Path folder = Files.createTempDirectory("tls");
            Path trust = folder.resolve("trust.p12");
            authority(folder, trust);
            make(folder, true, "good", "localhost", List.of());
            make(folder, true, "expired", "localhost", List.of("-startdate", "-20d", "-validity", "10"));
            make(folder, true, "another-host", "elsewhere.example", List.of());
            make(folder, false, "stranger", "localhost", List.of());
            return Map.of(
                    "quarkus.tls.cluster.trust-store.p12.path",
                    trust.toString(),
                    "quarkus.tls.cluster.trust-store.p12.password",
                    new String(PASSWORD),
                    "quarkus.tls.own.key-store.p12.path",
                    folder.resolve("good.p12").toString(),
                    "quarkus.tls.own.key-store.p12.password",
                    new String(PASSWORD));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        SERVERS.values().forEach(server -> server.stop(0));
        SERVERS.clear();
    }

    /** A trusted certificate that stands in the trust store itself is taken at any date: an authority has to issue it. */
    private static void authority(Path folder, Path trust) throws IOException, InterruptedException {
        keytool(
                "-genkeypair",
                "-alias",
                "ca",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=authority",
                "-ext",
                "bc:c",
                "-startdate",
                "-30d",
                "-validity",
                "90",
                "-storetype",
                "PKCS12",
                "-keystore",
                folder.resolve("ca.p12").toString());
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "ca",
                "-keystore",
                folder.resolve("ca.p12").toString(),
                "-file",
                folder.resolve("ca.pem").toString());
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "ca",
                "-storetype",
                "PKCS12",
                "-keystore",
                trust.toString(),
                "-file",
                folder.resolve("ca.pem").toString());
    }

    private static void make(Path folder, boolean issued, String name, String host, List<String> dates)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString());
        if (issued) {
            Path request = folder.resolve(name + ".csr");
            Path certificate = folder.resolve(name + ".pem");
            keytool("-certreq", "-alias", name, "-keystore", store.toString(), "-file", request.toString());
            List<String> issue = new ArrayList<>(List.of(
                    "-gencert",
                    "-alias",
                    "ca",
                    "-rfc",
                    "-ext",
                    "san=dns:" + host,
                    "-keystore",
                    folder.resolve("ca.p12").toString(),
                    "-infile",
                    request.toString(),
                    "-outfile",
                    certificate.toString()));
            issue.addAll(dates);
            keytool(issue.toArray(String[]::new));
            keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    "ca",
                    "-keystore",
                    store.toString(),
                    "-file",
                    folder.resolve("ca.pem").toString());
            keytool(
                    "-importcert",
                    "-noprompt",
                    "-alias",
                    name,
                    "-keystore",
                    store.toString(),
                    "-file",
                    certificate.toString());
        }
        SERVERS.put(name, serve(store));
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(Arrays.asList(arguments));
        command.addAll(List.of("-storepass", new String(PASSWORD)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }

    private static HttpsServer serve(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            REQUESTS.incrementAndGet();
            byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
