package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

/** Three gateways, and two of each source's service, that share one PostgreSQL database. */
@ExtendWith(RunningMailtrace.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(2)
class ReplicasIT {
    private static final String LETTER = "<permit-4711@contoso.example>";
    /** Made for this test: 32 bytes. */
    private static final String KEY =
            Base64.getEncoder().encodeToString("replicas that share one id key..".getBytes(StandardCharsets.US_ASCII));

    private static final Duration LONG = Duration.ofMinutes(3);
    /** What SIGKILL leaves behind; SIGTERM leaves 143. */
    private static final int BY_FORCE = 137;

    private final Instant twoDaysAgo = Instant.now().minus(Duration.ofDays(2));

    private static final List<SecondService> ALL = new ArrayList<>();
    private static final List<SecondService> GATEWAYS = new ArrayList<>();
    private static final List<SecondService> PROOFPOINT = new ArrayList<>();
    private static final List<SecondService> EXCHANGE = new ArrayList<>();
    private static final List<SecondService> EXCHANGE_ONLINE = new ArrayList<>();
    private static PostgresqlServer server;
    private static SignsOfLife signs;

    @BeforeAll
    static void startAll() {
        server = PostgresqlServer.start();
        String database = server.newDatabase();
        Map<String, String> shared = store("mailtrace.store", database);
        Map<String, String> stream = new HashMap<>(shared);
        stream.put("mailtrace.proofpoint.stream.token", "demo-only-stream-e");
        stream.put("mailtrace.proofpoint.stream.archive-token", "demo-only-stream-f");
        for (int replica = 0; replica < 2; replica++) {
            PROOFPOINT.add(begin("proofpoint", 8111 + replica, stream));
            EXCHANGE.add(begin("onprem-exchange", 8121 + replica, shared));
            EXCHANGE_ONLINE.add(begin("exo", 8131 + replica, store("mailtrace.exo.store", database)));
        }
        for (int replica = 0; replica < 3; replica++) {
            Map<String, String> settings = new HashMap<>(shared);
            settings.put("mailtrace.sources.proofpoint.url", Launcher.url(8111 + replica % 2));
            settings.put("mailtrace.sources.onprem-exchange.url", Launcher.url(8121 + replica % 2));
            settings.put("mailtrace.sources.exchange-online.url", Launcher.url(8131 + replica % 2));
            settings.put("mailtrace.id-key", KEY);
            Path audit = Launcher.HOME.resolve("run/replicas-it/audit-" + replica + ".jsonl");
            settings.put("mailtrace.audit.file", audit.toString());
            GATEWAYS.add(begin("gateway", 8101 + replica, settings));
        }
        ALL.forEach(SecondService::awaitReadiness);
        signs = SignsOfLife.noteIn(database);
        Awaitility.await("all sources have looked")
                .atMost(LONG)
                .untilAsserted(() -> assertThat(GATEWAYS)
                        .allMatch(
                                gateway -> ask(gateway, LETTER).path("complete").asBoolean()));
    }

    private static SecondService begin(String service, int port, Map<String, String> settings) {
        SecondService replica = SecondService.starting(service, port, settings);
        ALL.add(replica);
        return replica;
    }

    private static Map<String, String> store(String prefix, String database) {
        return Map.of(
                prefix + ".kind",
                "postgresql",
                prefix + ".postgresql.url",
                database,
                prefix + ".postgresql.username",
                PostgresqlServer.USER,
                prefix + ".postgresql.password",
                "any");
    }

    @AfterAll
    static void stopAll() {
        ALL.forEach(SecondService::end);
        ALL.forEach(SecondService::close);
        server.close();
    }

    @Test
    void allGatewaysTellTheSameAndKnowEachOthersTraces() {
        // when
        List<JsonNode> traces = GATEWAYS.stream()
                .map(gateway -> ask(gateway, LETTER).path("traces").path(0))
                .toList();

        // then
        assertThat(traces).extracting(trace -> trace.path("messageId").asText()).containsOnly(LETTER);
        assertThat(traces)
                .extracting(trace -> trace.path("recipients"))
                .containsOnly(traces.getFirst().path("recipients"));

        // and: the id is sealed with the key that all of them have
        String id = traces.getFirst().path("id").asText();
        for (SecondService gateway : GATEWAYS) {
            JsonNode trace = get(gateway, "/traces/" + id).path("traces").path(0);
            assertThat(trace.path("messageId").asText()).as(trace.toString()).isEqualTo(LETTER);
        }
    }

    @Test
    void aReportIsOneReportWhicheverGatewayIsAsked() {
        // given
        String key = UUID.randomUUID().toString();
        String id = order(GATEWAYS.get(0), key);

        // then
        assertThat(order(GATEWAYS.get(1), key)).isEqualTo(id);

        // and
        awaitStatus(GATEWAYS.get(2), id, "COMPLETE");
        assertThat(get(GATEWAYS.get(1), "/traces/reports/" + id + "/traces").path("traces"))
                .isNotEmpty();
    }

    @Test
    void theTenantsQuotaIsCountedOnceForAllReplicas() {
        // given
        int before = remaining(EXCHANGE_ONLINE.get(1));

        // when: one of them spends
        EXCHANGE_ONLINE.get(0).trace(Map.of("sender", UUID.randomUUID() + "@elsewhere.example"));

        // then: the other one knows
        assertThat(remaining(EXCHANGE_ONLINE.get(1))).isLessThan(before);
        assertThat(remaining(EXCHANGE_ONLINE.get(0))).isEqualTo(remaining(EXCHANGE_ONLINE.get(1)));
    }

    /** By the database's clock: whoever died gave its last sign of life there, and whoever took over its first. */
    @Test
    @Order(Integer.MAX_VALUE - 3)
    void whatADeadReplicaReadOrWorkedOnIsTakenOverWithinHalfAMinute() {
        // given
        SecondService stream = reader(PROOFPOINT, "log-stream");
        String exchangeServer = signs.ofClaims().stream()
                .filter(part -> !part.equals("log-stream"))
                .findFirst()
                .orElseThrow();
        SecondService logs = reader(EXCHANGE, exchangeServer);
        SecondService gateway = GATEWAYS.get(2);
        List<SecondService> dying = List.of(stream, logs, gateway);
        String id;
        EXCHANGE_ONLINE.getFirst().pause();
        try {
            id = orderOfOneWho(gateway);

            // when
            dying.forEach(SecondService::kill);
        } finally {
            EXCHANGE_ONLINE.getFirst().resume();
        }
        Map<String, Duration> silences =
                signs.awaitSuccession(List.of("log-stream", exchangeServer, "gateway-report"), LONG);
        dying.forEach(SecondService::launch);

        // then
        System.out.println("Taken over by another replica, after the last sign of life of the dead one: " + silences);
        assertThat(silences.values()).allMatch(silence -> silence.compareTo(Duration.ofSeconds(30)) <= 0);
        dying.forEach(SecondService::awaitReadiness);
        awaitStatus(GATEWAYS.getFirst(), id, "COMPLETE");
    }

    private static SecondService reader(List<SecondService> replicas, String part) {
        return replicas.stream()
                .filter(replica -> replica.metric("mailtrace_claim_held", "part=\"" + part + "\"") == 1)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody reads " + part));
    }

    /** A report that this gateway works on, because the others stand still. */
    private String orderOfOneWho(SecondService gateway) {
        List<SecondService> others =
                GATEWAYS.stream().filter(each -> each != gateway).toList();
        others.forEach(SecondService::pause);
        try {
            String id = order(gateway, UUID.randomUUID().toString());
            signs.awaitReportUnderWay();
            return id;
        } finally {
            others.forEach(SecondService::resume);
        }
    }

    /** F21: a rolling update ends each replica while it is being asked. */
    @Test
    @Order(Integer.MAX_VALUE - 2)
    void aGatewayThatIsToldToEndStillAnswersWhatItWasAsked() {
        // given
        SecondService ending = GATEWAYS.get(1);
        SecondService slow = EXCHANGE_ONLINE.get(1);
        slow.pause();
        CompletableFuture<JsonNode> answer = CompletableFuture.supplyAsync(() -> ask(ending, LETTER));
        try {
            Awaitility.await().atMost(LONG).until(() -> ending.metric("mailtrace_gateway_requests_underway") >= 1);

            // when
            ending.tellToEnd();

            // then: what is under way is not broken off
            Awaitility.await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> !answer.isDone());
        } finally {
            slow.resume();
        }

        // and
        assertThat(answer.join().path("traces").path(0).path("messageId").asText())
                .isEqualTo(LETTER);
        assertThat(ending.end()).isNotEqualTo(BY_FORCE);
    }

    @Test
    @Order(Integer.MAX_VALUE - 1)
    @ResourceLock(RunningMailtrace.IT)
    void aSourcesServiceThatIsToldToEndStillAnswersWhatItWasAsked() {
        for (Map.Entry<String, SecondService> source : Map.of(
                        "proofpoint", PROOFPOINT.get(1), "exchange-online", EXCHANGE_ONLINE.get(1))
                .entrySet()) {
            // when
            JsonNode answer = answerOfOneThatEnds(
                    source.getValue(),
                    source.getKey(),
                    "http_server_active_requests",
                    () -> source.getValue().trace(Map.of("messageId", LETTER)));

            // then
            assertThat(answer.path("state").asText()).isEqualTo("ANSWERED");
            assertThat(answer.path("observations").path(0).path("messageId").asText())
                    .isEqualTo(LETTER);
        }
    }

    /** Asks while the vendor takes its time, and tells the service to end while it waits. */
    private static JsonNode answerOfOneThatEnds(
            SecondService ending, String vendor, String underWay, Supplier<JsonNode> question) {
        Gateway.anonymous()
                .contentType("application/json")
                .body("{\"delayMs\": 3000}")
                .post(Launcher.url(8090) + "/faults/" + vendor)
                .then()
                .statusCode(204);
        try {
            CompletableFuture<JsonNode> answer = CompletableFuture.supplyAsync(question);
            Awaitility.await("it is being asked").atMost(LONG).until(() -> ending.metric(underWay) >= 1);
            assertThat(ending.end()).isNotEqualTo(BY_FORCE);
            return answer.join();
        } finally {
            Gateway.anonymous()
                    .delete(Launcher.url(8090) + "/faults/" + vendor)
                    .then()
                    .statusCode(204);
        }
    }

    private static JsonNode ask(SecondService gateway, String messageId) {
        return get(gateway, "/traces?messageId=" + messageId);
    }

    private static JsonNode get(SecondService gateway, String path) {
        Response response = Gateway.as("helpdesk").get(gateway.url() + path);
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return Gateway.json(response);
    }

    private String order(SecondService gateway, String key) {
        Response response = Gateway.as("helpdesk")
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body("{\"recipient\": [\"ana@rivercounty.example\"], \"from\": \"" + twoDaysAgo + "\"}")
                .post(gateway.url() + "/traces/reports");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(202);
        return Gateway.json(response).path("id").asText();
    }

    private static void awaitStatus(SecondService gateway, String id, String status) {
        Awaitility.await(status)
                .atMost(LONG)
                .until(
                        () -> get(gateway, "/traces/reports/" + id)
                                .path("status")
                                .asText(),
                        status::equals);
    }

    private static int remaining(SecondService exchangeOnline) {
        return exchangeOnline.info().path("quotaRemaining").asInt();
    }
}
