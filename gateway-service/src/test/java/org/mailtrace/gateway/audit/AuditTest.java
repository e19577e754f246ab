package org.mailtrace.gateway.audit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.gateway.FakeSources;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class AuditTest {
    private static final String ANA = "ana@rivercounty.example";

    private final String ticket = "INC-" + UUID.randomUUID();

    @BeforeEach
    void oneSourceHasAMessage() {
        FakeSources.allEmpty();
        FakeSources.answers(
                "archive",
                "ANSWERED",
                FakeSources.observation(
                        "a1",
                        Duration.ofHours(5),
                        "<d9683b4c@contoso.example>",
                        FakeSources.recipient(ANA, "DELIVERED", Duration.ofHours(5), "")));
    }

    @Test
    void writesDownWhoAskedAboutWhomForWhichTicketAndWhatCameOfIt() {
        // when
        as("helpdesk", "trace-reader")
                .queryParam("recipient", ANA)
                .queryParam("subject", "Quarterly report")
                .queryParam("ticket", ticket)
                .queryParam("reason", "She misses it.")
                .header("X-Request-Id", "r-" + ticket)
                .get("/traces")
                .then()
                .statusCode(200);

        // then
        Response records = records();
        JsonPath what = records.jsonPath();
        assertThat(what.getBoolean("intact")).as(what.getString("sentence")).isTrue();
        assertThat(what.getList("records")).hasSize(1);
        assertThat(what.getString("records[0].what.name")).isEqualTo("helpdesk");
        assertThat(what.getString("records[0].what.operation")).isEqualTo("searchTraces");
        assertThat(what.getString("records[0].what.reason")).isEqualTo("She misses it.");
        assertThat(what.getString("records[0].what.result")).isEqualTo("ANSWERED");
        assertThat(what.getInt("records[0].what.traces")).isEqualTo(1);
        assertThat(what.getString("records[0].what.requestId")).isEqualTo("r-" + ticket);
        assertThat(what.getString("records[0].what.filter.find { it.name == 'recipient' }.value"))
                .isEqualTo(ANA);
        assertThat(what.getList("records[0].what.sources.name")).isEqualTo(FakeSources.NAMES);
        assertThat(records.asString()).doesNotContain("Quarterly").doesNotContain("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/event-stream", "application/x-ndjson", "text/csv"})
    void writesDownWhatIsReadInOtherShapes(String shape) {
        // when
        as("helpdesk", "trace-reader")
                .accept(shape)
                .queryParam("recipient", ANA)
                .queryParam("ticket", ticket)
                .get("/traces")
                .then()
                .statusCode(200);

        // then
        assertThat(records().jsonPath().getList("records.what.traces")).isEqualTo(List.of(1));
    }

    @Test
    void writesDownWhichMessageWasLookedUp() {
        // given
        FakeSources.finds(
                "archive",
                FakeSources.observation(
                        "a1",
                        Duration.ofHours(5),
                        "<d9683b4c@contoso.example>",
                        FakeSources.recipient(ANA, "DELIVERED", Duration.ofHours(5), "")));
        String id = as("helpdesk", "trace-reader")
                .queryParam("recipient", ANA)
                .get("/traces")
                .jsonPath()
                .getString("traces[0].id");

        // when
        as("helpdesk", "trace-reader")
                .queryParam("ticket", ticket)
                .get("/traces/{id}", id)
                .then()
                .statusCode(200);

        // then
        assertThat(records().jsonPath().getString("records[0].what.filter.find { it.name == 'messageId' }.value"))
                .isEqualTo("<d9683b4c@contoso.example>");
    }

    @Test
    void writesDownThatNobodyCouldLook() {
        // given
        FakeSources.NAMES.forEach(name -> FakeSources.does(name, aResponse().withStatus(500)));

        // when
        as("helpdesk", "trace-reader")
                .queryParam("recipient", ANA)
                .queryParam("ticket", ticket)
                .get("/traces")
                .then()
                .statusCode(503);

        // then
        assertThat(records().jsonPath().getString("records[0].what.result")).isEqualTo("REFUSED");
        assertThat(records().jsonPath().getInt("records[0].what.status")).isEqualTo(503);
    }

    @Test
    void isForAuditorsAndTheyReadNothingElse() {
        assertThat(as("helpdesk", "trace-reader").get("/audit").statusCode()).isEqualTo(403);
        assertThat(as("operator", "trace-operator").get("/audit").statusCode()).isEqualTo(403);
        assertThat(given().get("/audit").statusCode()).isEqualTo(401);
        assertThat(as("auditor", "trace-auditor")
                        .queryParam("recipient", ANA)
                        .get("/traces")
                        .statusCode())
                .isEqualTo(403);
        assertThat(as("auditor", "trace-auditor").get("/sources").statusCode()).isEqualTo(403);
    }

    @Test
    void listsEveryFaultOfAQuestionAboutRecords() {
        assertThat(as("auditor", "trace-auditor")
                        .queryParam("from", "yesterday")
                        .queryParam("limit", "0")
                        .queryParam("cursor", "x")
                        .get("/audit")
                        .jsonPath()
                        .getList("faults.parameter"))
                .containsExactlyInAnyOrder("from", "limit", "cursor");
        assertThat(as("auditor", "trace-auditor")
                        .queryParam("everything", "1")
                        .get("/audit")
                        .statusCode())
                .isEqualTo(400);
    }

    private Response records() {
        Response records =
                as("auditor", "trace-auditor").queryParam("ticket", ticket).get("/audit");
        assertThat(records.statusCode()).as(records.asString()).isEqualTo(200);
        return records;
    }

    private static RequestSpecification as(String user, String role) {
        return given().auth().oauth2(OidcWiremockTestResource.getAccessToken(user, Set.of(role)));
    }
}
