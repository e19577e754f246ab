package org.mailtrace.standins.traffic;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FaultSwitchTest {
    private static final String SEARCH = "/proofpoint/rest/v1/pss/filter";

    private static final String GRAPH = "/graph/v1.0/admin/exchange/tracing/messageTraces";

    @TestHTTPResource(GRAPH)
    URI graph;

    @TestHTTPResource(SEARCH)
    URI search;

    @AfterEach
    void repair() {
        given().delete("/faults").then().statusCode(204);
    }

    @Test
    void answersWithAStatus() {
        fault("proofpoint", "{\"status\": 503}");
        given().get(SEARCH).then().statusCode(503);
        given().get("/proofpoint/rest/v1/quarantine").then().statusCode(401);
    }

    @Test
    void throttlesWithOrWithoutRetryAfter() {
        // when
        fault("exchange-online", "{\"throttle\": {\"retryAfterSeconds\": 17}}");
        Response told = given().get("/graph/v1.0/admin/exchange/tracing/messageTraces");
        fault("exchange-online", "{\"throttle\": {}}");
        Response untold = given().get("/graph/v1.0/admin/exchange/tracing/messageTraces");

        // then
        assertThat(told.statusCode()).isEqualTo(429);
        assertThat(told.header("Retry-After")).isEqualTo("17");
        assertThat(untold.statusCode()).isEqualTo(429);
        assertThat(untold.header("Retry-After")).isNull();
    }

    @Test
    void answersWithSomethingThatIsNotJson() {
        fault("proofpoint", "{\"malformed\": true}");
        Response answer = given().get(SEARCH);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(catchThrowable(() -> answer.jsonPath().getMap(""))).isNotNull();
    }

    @Test
    void closesTheConnection() {
        fault("proofpoint", "{\"drop\": true}");
        assertThat(catchThrowable(() -> ask(Duration.ofSeconds(5))))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void acceptsAndNeverAnswers() {
        fault("proofpoint", "{\"silence\": true}");
        assertThat(catchThrowable(() -> ask(Duration.ofMillis(400)))).isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void delaysARightAnswer() {
        fault("proofpoint", "{\"delayMs\": 300}");
        assertThat(given().get(SEARCH).time()).isGreaterThanOrEqualTo(300);
        given().get(SEARCH).then().statusCode(401);
    }

    @Test
    void refusesAsAnAdministratorsOmissionsDo() {
        fault("exchange-online", "{\"refuse\": \"service-principal\"}");
        Response missing = given().get(GRAPH);
        fault("exchange-online", "{\"refuse\": \"permission\"}");
        Response forbidden = given().get(GRAPH);
        fault("exchange-online-token", "{\"refuse\": \"expired-secret\"}");
        Response expired = given().post("/entra/any/oauth2/v2.0/token");

        assertThat(missing.statusCode()).isEqualTo(401);
        assertThat(missing.jsonPath().getString("error.message"))
                .startsWith("Service principal-less Authentication failed")
                .contains("8bd644d1-64a1-4d4b-ae52-2e0cbf64e373");
        assertThat(forbidden.statusCode()).isEqualTo(403);
        assertThat(expired.jsonPath().getString("error_description")).startsWith("AADSTS7000222:");
    }

    @Test
    void confinesAFaultToOneOperation() {
        fault("exchange-online", "{\"status\": 502, \"operation\": \"details\"}");
        given().get(GRAPH).then().statusCode(401);
        given().get(GRAPH + "/1/getDetailsByRecipient(recipientAddress='x')")
                .then()
                .statusCode(502);
    }

    @Test
    void beginsAnAnswerAndGoesOnWithBlanks() throws IOException, InterruptedException {
        // given
        fault("exchange-online", "{\"trickleMs\": 20}");

        // when
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream body = client.send(HttpRequest.newBuilder(graph).build(), BodyHandlers.ofInputStream())
                        .body()) {
            String begun = new String(body.readNBytes(16), StandardCharsets.UTF_8);

            // then
            assertThat(begun).isEqualTo("{\"value\":[      ");
            client.shutdownNow();
        }
    }

    @Test
    void refusesFaultsThatTheSystemCannotHave() {
        for (String body : List.of("{\"pages\": \"circle\"}", "{\"widestHours\": 1}", "{\"refuse\": \"permission\"}")) {
            given().contentType("application/json")
                    .body(body)
                    .post("/faults/proofpoint")
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void countsRequestsWhateverTheAnswer() {
        // given
        given().delete("/requests").then().statusCode(204);
        fault("proofpoint", "{\"status\": 500}");

        // when
        given().get(SEARCH);
        given().get(SEARCH);

        // then
        assertThat(given().get("/requests")
                        .jsonPath()
                        .getInt("find { it.endpoint == 'proofpoint.smart-search' }.requests"))
                .isEqualTo(2);
    }

    @Test
    void refusesFaultsOfUnknownSystemsAndUnknownKinds() {
        given().contentType("application/json")
                .body("{\"status\": 500}")
                .post("/faults/gateway")
                .then()
                .statusCode(400);
        given().contentType("application/json")
                .body("{\"bang\": 1}")
                .post("/faults/proofpoint")
                .then()
                .statusCode(400);
        given().contentType("application/json")
                .body("{\"status\": 500}")
                .post("/faults/onprem-exchange")
                .then()
                .statusCode(400);
    }

    private static void fault(String system, String body) {
        given().contentType("application/json")
                .body(body)
                .post("/faults/" + system)
                .then()
                .statusCode(204);
    }

    private void ask(Duration patience) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(HttpRequest.newBuilder(search).timeout(patience).build(), BodyHandlers.ofString());
        }
    }
}
