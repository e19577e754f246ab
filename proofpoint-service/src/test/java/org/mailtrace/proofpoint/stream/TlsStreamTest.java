package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailtrace.proofpoint.stream.StreamFixture.PATIENCE;
import static org.mailtrace.proofpoint.stream.StreamFixture.held;
import static org.mailtrace.proofpoint.stream.StreamFixture.message;
import static org.mailtrace.proofpoint.stream.StreamFixture.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.words.StreamSentences;

/** The log stream over real TLS. */
class TlsStreamTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:20:00Z");

    @TempDir
    private static Path keys;

    private static Certificates certificates;

    private final MovableClock clock = new MovableClock(NOON);

    @TempDir
    private Path folder;

    private TraceIndex index;

    @BeforeAll
    static void make() throws IOException, InterruptedException {
        certificates = new Certificates(keys);
    }

    @BeforeEach
    void open() {
        index = StreamFixture.index(folder.resolve("index.db"));
    }

    @AfterEach
    void close() {
        index.close();
    }

    @Test
    @DisplayName("F14: records come over TLS from a server whose certificate is trusted")
    void readsFromATrustedServer() throws IOException, GeneralSecurityException {
        try (FakeLogStream vendor = new FakeLogStream(certificates.server("good"));
                Streams streams = StreamFixture.streams(settings(vendor.url()), certificates.trust(), index, clock)) {
            vendor.log("message", NOON, message("m0", NOON));

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(held(index)).containsExactly("m0 1"));
            assertThat(streams.of(RecordType.MESSAGE).trouble()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"self-signed", "elsewhere", "expired"})
    @DisplayName("F14: a certificate that proves nothing is refused and said, and the token is not sent")
    void refusesACertificateThatProvesNothing(String alias) throws IOException, GeneralSecurityException {
        assertRefused(alias, certificates.trust());
    }

    @Test
    @DisplayName("F14: without a trust store of its own, the authorities that the JDK trusts are meant, not everybody")
    void trustsNobodyInParticularByDefault() throws IOException, GeneralSecurityException {
        assertRefused("good", Optional.empty());
    }

    @Test
    @DisplayName("F14: a server that answers TLS in clear text is refused and said")
    void refusesClearText() throws IOException, GeneralSecurityException {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> {
                while (!server.isClosed()) {
                    try (Socket socket = server.accept()) {
                        asked.add(new String(socket.getInputStream().readNBytes(4), StandardCharsets.ISO_8859_1));
                        socket.getOutputStream()
                                .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException gone) {
                        // The next one.
                    }
                }
            });
            try (Streams streams = StreamFixture.streams(
                    settings("wss://localhost:" + server.getLocalPort()), certificates.trust(), index, clock)) {
                await().atMost(PATIENCE)
                        .untilAsserted(
                                () -> assertThat(streams.of(RecordType.MESSAGE).trouble())
                                        .contains(StreamSentences.noTls()));
            }
        }
        assertThat(asked).isNotEmpty().noneMatch(beginning -> beginning.startsWith("GET"));
    }

    private void assertRefused(String alias, Optional<javax.net.ssl.SSLContext> trust)
            throws IOException, GeneralSecurityException {
        try (FakeLogStream vendor = new FakeLogStream(certificates.server(alias));
                Streams streams = StreamFixture.streams(settings(vendor.url()), trust, index, clock)) {
            vendor.log("message", NOON, message("m0", NOON));

            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(streams.of(RecordType.MESSAGE).trouble())
                                    .contains(StreamSentences.notTrusted()));
            // It is tried again, and never in clear text or with less care.
            int tried = vendor.accepted();
            await().atMost(PATIENCE).until(() -> vendor.accepted() > tried + 2);
            assertThat(vendor.openings).isEmpty();
            assertThat(held(index)).isEmpty();
            assertThat(streams.of(RecordType.MESSAGE).until()).isEmpty();
        }
    }
}
