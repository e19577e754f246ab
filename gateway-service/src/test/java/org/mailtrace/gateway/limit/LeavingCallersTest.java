package org.mailtrace.gateway.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.testkit.TcpFront;

/** The guards of this profile would give a silent source up much later than these tests wait. */
@QuarkusTest
@TestProfile(CallerLimitsTest.FewRequests.class)
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class LeavingCallersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Inject
    MeterRegistry metrics;

    private final String caller = "leaver-" + UUID.randomUUID();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger cutOff = new AtomicInteger();

    @BeforeEach
    void archiveIsSilent() {
        FakeSources.allEmpty();
        await().atMost(PATIENCE).until(() -> underway() == 0);
        FakeSources.front("archive").suffer(client -> {
            TcpFront.readHead(client);
            asked.incrementAndGet();
            try {
                client.getInputStream().read();
            } finally {
                cutOff.incrementAndGet();
            }
        });
    }

    @AfterEach
    void leavesNothingBehind() {
        FakeSources.allEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, respond-nothing",
        "application/json, 'respond-async, wait=15'",
        "text/csv, respond-nothing",
        "text/event-stream, respond-nothing",
        "application/x-ndjson, respond-nothing"
    })
    void whatWasAskedForACallerWhoLeavesIsBrokenOffAndCountsForNothing(String shape, String prefer) throws IOException {
        // given
        double failed = notAnswered();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        socket.getOutputStream()
                .write(("GET /traces?recipient=ana@rivercounty.example HTTP/1.1\r\nHost: localhost\r\nAccept: " + shape
                                + "\r\nPrefer: " + prefer + "\r\nAuthorization: Bearer "
                                + OidcWiremockTestResource.getAccessToken(caller, Set.of("trace-reader")) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        await().atMost(PATIENCE).until(() -> asked.get() == 1);

        // when
        socket.close();

        // then
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cutOff).hasValue(1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(recorded()).containsExactly("ABANDONED"));
        await().atMost(PATIENCE).until(() -> underway() == 0);
        assertThat(notAnswered()).isEqualTo(failed);
        assertThat(metrics.find("mailtrace.gateway.deadline.missed").counters()).isEmpty();
    }

    private List<String> recorded() {
        return given().auth()
                .oauth2(OidcWiremockTestResource.getAccessToken(
                        "auditor-" + UUID.randomUUID(), Set.of("trace-auditor")))
                .queryParam("who", caller)
                .get("/audit")
                .jsonPath()
                .getList("records.what.result");
    }

    private double underway() {
        return metrics.find("mailtrace.gateway.requests.underway").gauges().stream()
                .mapToDouble(gauge -> gauge.value())
                .sum();
    }

    private double notAnswered() {
        return metrics.find("mailtrace.gateway.answers").timers().stream()
                .filter(timer -> !"ANSWERED".equals(timer.getId().getTag("state")))
                .mapToDouble(Timer::count)
                .sum();
    }
}
