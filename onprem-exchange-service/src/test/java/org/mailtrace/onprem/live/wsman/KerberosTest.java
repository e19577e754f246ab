package org.mailtrace.onprem.live.wsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.LoginContext;
import org.apache.kerby.kerberos.kerb.server.SimpleKdcServer;
import org.ietf.jgss.GSSContext;
import org.ietf.jgss.GSSCredential;
import org.ietf.jgss.GSSException;
import org.ietf.jgss.GSSManager;
import org.ietf.jgss.MessageProp;
import org.ietf.jgss.Oid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kerberos against a real key distribution centre (Apache Kerby) and a server that accepts by the JDK. What no test here
 * can show is how Windows takes the tokens.
 */
class KerberosTest {
    private static final String CLIENT = "svc-trace@RIVERCOUNTY.EXAMPLE";
    private static final String SERVICE = "HTTP/localhost@RIVERCOUNTY.EXAMPLE";
    private static final String CONFIGURATION = "java.security.krb5.conf";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path work;

    private static SimpleKdcServer kdc;
    private static String configurationBefore;
    private static Path clientKeys;
    private static Path serverKeys;

    private final List<String> received = new ArrayList<>();
    private final List<String> raw = new ArrayList<>();
    private Optional<GSSContext> agreed = Optional.empty();
    private HttpServer http;

    @BeforeAll
    static void startKdc() throws Exception {
        configurationBefore = System.getProperty(CONFIGURATION);
        kdc = new SimpleKdcServer();
        kdc.setKdcRealm("RIVERCOUNTY.EXAMPLE");
        kdc.setKdcHost("localhost");
        kdc.setAllowUdp(false);
        kdc.setWorkDir(work.toFile());
        kdc.init();
        kdc.start();
        clientKeys = keys("client.keytab", CLIENT);
        serverKeys = keys("server.keytab", SERVICE);
    }

    private static Path keys(String name, String principal) throws Exception {
        File file = work.resolve(name).toFile();
        kdc.createPrincipal(principal, "synthetic-" + name);
        kdc.exportPrincipal(principal, file);
        return file.toPath();
    }

    @AfterAll
    static void stopKdc() throws Exception {
        kdc.stop();
        if (configurationBefore == null) {
            System.clearProperty(CONFIGURATION);
        } else {
            System.setProperty(CONFIGURATION, configurationBefore);
        }
    }

    @BeforeEach
    void startServer() throws IOException {
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/PowerShell/", this::answer);
        http.start();
    }

    @AfterEach
    void stopServer() {
        http.stop(0);
    }

    @Test
    void encryptsEveryEnvelopeOverPlainHttpAndReadsTheServersBoundaryWithItsBlank() throws Exception {
        // given
        URI url = URI.create("http://localhost:" + http.getAddress().getPort() + "/PowerShell/");

        // when
        WsmanChannel.HttpReply first;
        WsmanChannel.HttpReply second;
        try (KerberosChannel channel =
                new KerberosChannel(url, new KerberosLogin(CLIENT, clientKeys), 1 << 20, Optional.empty())) {
            first = channel.send("<secret>Grüße</secret>", PATIENCE);
            second = channel.send("<secret>" + "x".repeat(70_000) + "</secret>", PATIENCE);
        }

        // then
        assertThat(received).containsExactly("<secret>Grüße</secret>", "<secret>" + "x".repeat(70_000) + "</secret>");
        assertThat(first.body()).isEqualTo("<answer>Grüße 22</answer>");
        assertThat(second.status()).isEqualTo(200);
        assertThat(raw).noneMatch(body -> body.contains("secret") || body.contains("xxxx"));
    }

    @Test
    void saysThatThereIsNoTicketWhenTheKeysAreWrong() {
        // given
        URI url = URI.create("http://localhost:" + http.getAddress().getPort() + "/PowerShell/");
        KerberosLogin login = new KerberosLogin("nobody@RIVERCOUNTY.EXAMPLE", clientKeys);

        // when, then
        try (KerberosChannel channel = new KerberosChannel(url, login, 1 << 20, Optional.empty())) {
            assertThatThrownBy(() -> channel.send("<secret/>", PATIENCE))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(RefusedException.Reason.NO_TICKET));
        }
        assertThat(raw).isEmpty();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        try {
            if (authorization != null) {
                byte[] token = Base64.getDecoder().decode(authorization.substring("Negotiate ".length()));
                byte[] reply = Subject.callAs(acceptor(), () -> accept(token));
                exchange.getResponseHeaders()
                        .add(
                                "WWW-Authenticate",
                                "Negotiate " + Base64.getEncoder().encodeToString(reply));
                exchange.sendResponseHeaders(200, -1);
            } else {
                raw.add(new String(body, StandardCharsets.ISO_8859_1));
                String plain = unsealed(body);
                received.add(plain);
                byte[] sealed = sealed("<answer>Grüße " + plain.length() + "</answer>");
                exchange.getResponseHeaders()
                        .add("Content-Type", "multipart/encrypted;boundary=\"Encrypted Boundary\"");
                exchange.sendResponseHeaders(200, sealed.length);
                exchange.getResponseBody().write(sealed);
            }
        } catch (Exception e) {
            exchange.sendResponseHeaders(401, -1);
        } finally {
            exchange.close();
        }
    }

    private byte[] accept(byte[] token) throws GSSException {
        GSSManager manager = GSSManager.getInstance();
        GSSContext context = manager.createContext(manager.createCredential(
                null, GSSCredential.DEFAULT_LIFETIME, new Oid("1.3.6.1.5.5.2"), GSSCredential.ACCEPT_ONLY));
        byte[] reply = context.acceptSecContext(token, 0, token.length);
        agreed = Optional.of(context);
        return reply;
    }

    private String unsealed(byte[] body) throws GSSException {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int start = text.indexOf("octet-stream\r\n") + "octet-stream\r\n".length();
        int signature =
                ByteBuffer.wrap(body, start, 4).order(ByteOrder.LITTLE_ENDIAN).getInt();
        byte[] token = Arrays.copyOfRange(body, start + 4, text.lastIndexOf("--Encrypted Boundary--"));
        int length = Integer.parseInt(text.replaceAll("(?s).*;Length=(\\d+).*", "$1"));
        // As Windows reads it: the signature, then exactly as many bytes as the text has.
        assertThat(token).hasSize(signature + length);
        assertThat(ByteBuffer.wrap(token).getShort(6)).as("rotation").isEqualTo((short) 28);
        byte[] plain = agreed.orElseThrow().unwrap(token, 0, token.length, new MessageProp(0, true));
        return new String(plain, StandardCharsets.UTF_8);
    }

    private byte[] sealed(String text) throws GSSException {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        byte[] token = agreed.orElseThrow().wrap(plain, 0, plain.length, new MessageProp(0, true));
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("-- Encrypted Boundary\r\n\tContent-Type: application/HTTP-SPNEGO-session-encrypted\r\n"
                        + "\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length=" + plain.length
                        + "\r\n-- Encrypted Boundary\r\n\tContent-Type: application/octet-stream\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(16).array());
        body.writeBytes(token);
        body.writeBytes("-- Encrypted Boundary--\r\n".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static Subject acceptor() throws Exception {
        assertThat(Files.exists(serverKeys)).isTrue();
        LoginContext login = new LoginContext("server", new Subject(), null, new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(
                            "com.sun.security.auth.module.Krb5LoginModule",
                            AppConfigurationEntry.LoginModuleControlFlag.REQUIRED,
                            Map.of(
                                    "principal", SERVICE,
                                    "useKeyTab", "true",
                                    "keyTab", serverKeys.toString(),
                                    "storeKey", "true",
                                    "isInitiator", "false"))
                };
            }
        });
        login.login();
        return login.getSubject();
    }
}
