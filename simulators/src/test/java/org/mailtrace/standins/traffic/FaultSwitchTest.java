package org.mailtrace.standins.traffic;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class FaultSwitchTest {
    private static final String SEARCH = "/proofpoint/rest/v1/pss/filter";

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
