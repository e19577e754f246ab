package org.mailtrace.onprem.live.wsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.standins.shell.SealedDoor;
import org.mailtrace.standins.shell.ShellReply;
import org.mailtrace.testkit.KerberosRealm;

/**
 * Kerberos against a real key distribution centre (Apache Kerby) and a server that accepts by the JDK. What no test here
 * can show is how Windows takes the tokens.
 */
class KerberosTest {
    private static final String CLIENT = "svc-trace@RIVERCOUNTY.EXAMPLE";
    private static final String SERVICE = "HTTP/localhost@RIVERCOUNTY.EXAMPLE";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    static Path work;

    private static KerberosRealm realm;
    private static Path clientKeys;
    private static Path serverKeys;

    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private SealedDoor server;

    @BeforeAll
    static void startRealm() throws Exception {
        realm = new KerberosRealm("RIVERCOUNTY.EXAMPLE", work);
        clientKeys = realm.newKeys(CLIENT);
        serverKeys = realm.newKeys(SERVICE);
    }

    @AfterAll
    static void stopRealm() throws Exception {
        realm.close();
    }

    @BeforeEach
    void startServer() throws Exception {
        server = new SealedDoor(SERVICE, serverKeys, CLIENT, (cookie, envelope) -> {
            received.add(envelope);
            return new ShellReply(200, Map.of(), "<answer>Grüße " + envelope.length() + "</answer>");
        });
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void encryptsEveryEnvelopeOverPlainHttpAndReadsTheServersBoundaryWithItsBlank() throws Exception {
        // when
        WsmanChannel.HttpReply first;
        WsmanChannel.HttpReply second;
        try (KerberosChannel channel = channel(CLIENT)) {
            first = channel.send("<secret>Grüße</secret>", PATIENCE);
            second = channel.send("<secret>" + "x".repeat(70_000) + "</secret>", PATIENCE);
        }

        // then
        assertThat(received).containsExactly("<secret>Grüße</secret>", "<secret>" + "x".repeat(70_000) + "</secret>");
        assertThat(first.body()).isEqualTo("<answer>Grüße 22</answer>");
        assertThat(second.status()).isEqualTo(200);
        assertThat(server.wire())
                .hasSize(5)
                .noneMatch(body -> body.contains("secret") || body.contains("xxxx") || body.contains("answer"));
    }

    @Test
    void saysThatThereIsNoTicketWhenTheKeysAreWrong() {
        // when, then
        try (KerberosChannel channel = channel("nobody@RIVERCOUNTY.EXAMPLE")) {
            assertThatThrownBy(() -> channel.send("<secret/>", PATIENCE))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(RefusedException.Reason.NO_TICKET));
        }
        assertThat(server.wire()).isEmpty();
    }

    private KerberosChannel channel(String account) {
        return new KerberosChannel(server.url(), new KerberosLogin(account, clientKeys), 1 << 20, Optional.empty());
    }
}
