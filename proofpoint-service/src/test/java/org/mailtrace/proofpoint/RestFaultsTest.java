package org.mailtrace.proofpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.testkit.TcpFront;

/** The faults F12 to F17 at the cluster's REST API, each by its number; TLS and DNS (F14) have a test of their own. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(ClusterResource.class)
class RestFaultsTest {
    private static final String SEARCH = "pss/filter";
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n{\"result\":[";
    private static final Map<String, String> ANA = Map.of("recipient", "ana@rivercounty.example");
    private final FakeCluster cluster = ClusterResource.cluster();

    @BeforeEach
    void oneMessage() {
        cluster.rows.clear();
        cluster.held.clear();
        cluster.rows.add(FakeCluster.row(
                "guid-1",
                Instant.now().minus(Duration.ofHours(1)),
                "sam@shop.example",
                "ana@rivercounty.example",
                "Report"));
        everythingWorksAgain();
        cluster.requests.clear();
    }

    /** Circuits judge by the last six calls: as many good ones make every test begin alike. */
    @AfterEach
    void everythingWorksAgain() {
        cluster.behave();
        WoundClock.goRight();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ask().getString("state")).isEqualTo("ANSWERED"));
        for (int i = 0; i < 6; i++) {
            ask();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX-Endless: ", HEAD})
    void f12OneByteAfterAnotherEndsInTimedOut(String begin) {
        // given
        cluster.front().suffer(TcpFront.drip(begin + "x".repeat(4000), 1, 200));

        // then
        assertThat(ask().getString("state")).isIn("TIMED_OUT", "FAILED");
        assertThat(ask().getList("observations")).isEmpty();
    }

    @Test
    void f12ABodyThatStallsEndsInTimedOut() {
        // given
        cluster.front().suffer(TcpFront.drip(HEAD, HEAD.length(), 0));

        // then
        assertNothingClaimed(ask(), "TIMED_OUT");
    }

    @Test
    void f13AResetInTheMiddleOfABodyIsAFailureAndNoPartOfAnAnswer() {
        // given
        cluster.front().suffer(TcpFront.resetAfter(HEAD));

        // then
        assertNothingClaimed(ask(), "FAILED");
    }

    @Test
    void f13AConnectionThatNobodyServesEndsInTimedOutAndTheNextOneWorks() {
        // given
        cluster.front().suffer(client -> Thread.sleep(30_000));

        // when
        JsonPath silent = ask();
        cluster.front().recover();

        // then
        assertNothingClaimed(silent, "TIMED_OUT");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ask().getList("observations")).hasSize(1));
    }

    @Test
    void f15AfterSecondsOfRetryAfterNothingIsAskedBefore() {
        f15(exchange -> exchange.getResponseHeaders().set("Retry-After", "120"));
    }

    @Test
    void f15AfterADateOfRetryAfterNothingIsAskedBefore() {
        f15(exchange -> exchange.getResponseHeaders()
                .set(
                        "Retry-After",
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                WoundClock.now().plusSeconds(120).atOffset(ZoneOffset.UTC))));
    }

    @Test
    void f15WithoutRetryAfterTheConfiguredWaitIsKept() {
        f15(exchange -> {});
    }

    private void f15(java.util.function.Consumer<HttpExchange> headers) {
        // given
        WoundClock.goBack();
        cluster.misbehave(SEARCH, exchange -> {
            headers.accept(exchange);
            FakeCluster.status(exchange, 429, "text/plain", "slow down");
        });

        // when
        JsonPath first = ask();
        JsonPath second = ask();

        // then
        assertNothingClaimed(first, "THROTTLED");
        assertNothingClaimed(second, "THROTTLED");
        assertThat(second.getLong("retryAfterSeconds")).isBetween(1L, 121L);
        assertThat(cluster.requestsTo(SEARCH)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"502", "503"})
    void f15AnOutageIsTriedOnceMoreAndSaid(int status) {
        // given
        cluster.misbehave(SEARCH, exchange -> FakeCluster.status(exchange, status, "text/html", "<html>gateway"));

        // when
        JsonPath answer = ask();

        // then
        assertNothingClaimed(answer, "FAILED");
        assertThat(answer.getString("explanation")).contains("HTTP " + status);
        assertThat(cluster.requestsTo(SEARCH)).isLessThanOrEqualTo(2);
    }

    @Test
    void f15AnOutageThatIsOverAtTheSecondAttemptIsNotEvenSeen() {
        // given
        java.util.concurrent.atomic.AtomicInteger calls = new java.util.concurrent.atomic.AtomicInteger();
        cluster.misbehave(SEARCH, exchange -> {
            cluster.behave();
            calls.incrementAndGet();
            FakeCluster.status(exchange, 502, "text/plain", "no");
        });

        // then
        assertThat(ask().getString("state")).isEqualTo("ANSWERED");
        assertThat(calls).hasValue(1);
    }

    @Test
    void f16ARotatedPasswordIsDeniedAndWorksAgainWithoutARestart() {
        // given
        cluster.rotatePassword("another-password");

        // when
        JsonPath refused = ask();
        long requests = cluster.requestsTo(SEARCH);
        cluster.rotatePassword(FakeCluster.PASSWORD);
        JsonPath again = ask();

        // then
        assertNothingClaimed(refused, "DENIED");
        assertThat(refused.getString("explanation")).contains("mailtrace.proofpoint.username");
        assertThat(requests)
                .as("a refused password locks accounts if it is sent again")
                .isEqualTo(1);
        assertThat(again.getString("state")).isEqualTo("ANSWERED");
        assertThat(reader().get("/source").jsonPath().getString("credentials")).isEqualTo("WORKING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"result\":[{\"GUID\":\"g\"",
                "{\"result\":[}",
                "{\"result\":{\"GUID\":\"g\"}}",
                "{\"result\":[[]]}",
                "[1]",
                "null",
                "\"text\"",
                "",
                "\u0000\u0001",
            })
    void f17WhatIsNoAnswerIsAFailure(String body) {
        // given
        cluster.misbehave(SEARCH, exchange -> FakeCluster.status(exchange, 200, "application/json", body));

        // then
        assertNothingClaimed(ask(), "FAILED");
    }

    @Test
    void f17DeepNestingAndHugeNumbersAreAFailure() {
        for (String body : java.util.List.of(
                "[".repeat(100_000), "{\"result\":[{\"GUID\":" + "9".repeat(5_000) + "}]}", "{\"a\":".repeat(50_000))) {
            // given
            cluster.misbehave(SEARCH, exchange -> FakeCluster.status(exchange, 200, "application/json", body));

            // then
            assertThat(ask().getString("state")).isIn("FAILED", "CIRCUIT_OPEN");
        }
    }

    @Test
    void f17AWebPageWithStatus200IsAFailure() {
        // given
        cluster.misbehave(
                SEARCH,
                exchange -> FakeCluster.status(exchange, 200, "text/html; charset=utf-8", "<html>Sign in</html>"));

        // when
        JsonPath answer = ask();

        // then
        assertNothingClaimed(answer, "FAILED");
        assertThat(answer.getString("explanation")).contains("web page").doesNotContain("Sign in");
    }

    @Test
    void f17AGzipBombIsNotBlownUp() throws IOException {
        // given
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write("{\"result\":[\"".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            byte[] block = new byte[1 << 20];
            java.util.Arrays.fill(block, (byte) 'x');
            for (int i = 0; i < 64; i++) {
                gzip.write(block);
            }
        }
        cluster.misbehave(SEARCH, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
            exchange.close();
        });

        // then
        assertNothingClaimed(ask(), "FAILED");
    }

    private static void assertNothingClaimed(JsonPath answer, String state) {
        assertThat(answer.getString("state")).isEqualTo(state);
        assertThat(answer.getString("explanation")).isNotBlank();
        assertThat(answer.getList("observations")).isEmpty();
        assertThat(answer.getString("absenceProvenUntil")).isNull();
    }

    private static JsonPath ask() {
        return reader().queryParams(ANA)
                .get("/traces")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static RequestSpecification reader() {
        return given().auth().oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")));
    }
}
