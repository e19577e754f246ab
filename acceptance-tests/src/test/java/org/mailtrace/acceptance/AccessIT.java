package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(RunningMailtrace.class)
@ResourceLock(value = RunningMailtrace.IT, mode = ResourceAccessMode.READ)
class AccessIT {
    private static final Map<String, String> QUESTION = Map.of("recipient", "ana@rivercounty.example");

    @ParameterizedTest
    @ValueSource(ints = {8080, 8081, 8082, 8083})
    void asksForATokenWhereThereIsNone(int port) {
        // when
        Response response = Gateway.anonymous().queryParams(QUESTION).get(Launcher.url(port) + "/traces");

        // then
        assertProblem(response, 401);
        assertThat(response.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "auditor"})
    void refusesWhoMayNotTrace(String user) {
        assertProblem(Gateway.get(user, "/traces", QUESTION), 403);
    }

    @ParameterizedTest
    @ValueSource(ints = {8080, 8081, 8082, 8083})
    void refusesATokenForAnotherApplication(int port) {
        // given
        String token = Gateway.anonymous()
                .contentType("application/x-www-form-urlencoded")
                .formParam("grant_type", "password")
                .formParam("client_id", "another-application")
                .formParam("username", "helpdesk")
                .formParam("password", "helpdesk")
                .post(Launcher.url(8180) + "/realms/mailtrace/protocol/openid-connect/token")
                .path("access_token");

        // when
        Response response =
                Gateway.anonymous().auth().oauth2(token).queryParams(QUESTION).get(Launcher.url(port) + "/traces");

        // then
        assertProblem(response, 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"helpdesk", "operator", "machine"})
    void answersWhoMayTrace(String user) {
        assertThat(Gateway.get(user, "/traces", QUESTION).statusCode()).isEqualTo(200);
    }

    @Test
    void listsEveryFaultOfABadQuestionAtOnce() {
        // when
        Response response = Gateway.get(
                "helpdesk",
                "/traces",
                Map.of(
                        "subject", "ab",
                        "limit", "0",
                        "colour", "red",
                        "from", "2026-11-02T00:00:00Z",
                        "to", "2026-11-01T00:00:00Z"));

        // then
        assertProblem(response, 400);
        assertThat(Gateway.json(response).path("faults").findValuesAsText("parameter"))
                .contains("subject", "limit", "colour", "from");
    }

    private static void assertProblem(Response response, int status) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(Gateway.json(response).path("type").asText()).startsWith("https://mailtrace.example/problems/");
    }
}
