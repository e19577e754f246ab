package org.mailtrace.gateway.audit;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
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

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String ticket = "INC-" + UUID.randomUUID();
    /** Everybody has a limit of unfinished reports, so every test asks as somebody else. */
    private final String reader = "reader-" + UUID.randomUUID();

    @BeforeEach
    void oneSourceHasAMessage() {
        FakeSources.allEmpty();
        // What an earlier test did to a source may have opened its circuit.
        await().atMost(PATIENCE)
                .until(() -> Boolean.TRUE.equals(as("helpdesk", "trace-reader")
                        .queryParam("recipient", ANA)
                        .get("/traces")
                        .path("complete")));
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
        assertThat(records().jsonPath().getString("records[0].what.result")).isEqualTo("NOT_ANSWERED");
        assertThat(records().jsonPath().getInt("records[0].what.status")).isEqualTo(503);
    }

    @Test
    void writesDownAStreamThatItsReaderLeft() throws IOException, InterruptedException {
        // given
        slow("archive");
        HttpRequest question = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + RestAssured.port + "/traces?recipient=" + ANA + "&ticket=" + ticket))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Accept", "application/x-ndjson")
                .header(
                        "Authorization",
                        "Bearer " + OidcWiremockTestResource.getAccessToken(reader, Set.of("trace-reader")))
                .build();

        // when
        try (HttpClient client = HttpClient.newHttpClient();
                InputStream lines = client.send(question, HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            assertThat(lines.read()).isPositive();
        }

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(records().jsonPath().getList("records.what.operation"))
                        .isEqualTo(List.of("searchTraces")));
    }

    @Test
    void writesDownWhichReportWasOrderedAndWhoseMailItShowed() {
        // given
        String hook = "http://127.0.0.1:"
                + FakeSources.server(FakeSources.IDENTITY_PROVIDER).port() + "/hook-" + ticket;

        // when
        Response accepted = ordered("""
                {"recipient": ["%s"], "subject": "Quarterly report", "ticket": "%s", "reason": "She misses it.",
                 "callbackUrl": "%s"}
                """.formatted(ANA, ticket, hook));
        String self = accepted.header("Location");
        await().atMost(PATIENCE)
                .until(() -> as(reader, "trace-reader").get(self + "/traces").statusCode() == 200);

        // then
        String report = accepted.jsonPath().getString("id");
        JsonPath what = records().jsonPath();
        assertThat(what.getString("records[0].what.operation")).isEqualTo("getReportTraces");
        assertThat(what.getString("records[0].what.result")).isEqualTo("ANSWERED");
        assertThat(what.getString("records[0].what.reason")).isEqualTo("She misses it.");
        assertThat(value(what, 0, "report")).isEqualTo(report);
        assertThat(value(what, 0, "recipient")).isEqualTo(ANA);
        assertThat(value(what, 0, "subject")).isEqualTo("given");
        assertThat(what.getString("records[1].what.operation")).isEqualTo("createReport");
        assertThat(what.getString("records[1].what.result")).isEqualTo("ORDERED");
        assertThat(what.getInt("records[1].what.status")).isEqualTo(202);
        assertThat(value(what, 1, "report")).isEqualTo(report);
        assertThat(value(what, 1, "callbackUrl")).isEqualTo("given");
        assertThat(what.getString("records[2].what.operation")).isEqualTo("createReport");
        assertThat(what.getString("records[2].what.result")).isEqualTo("BEGUN");
        assertThat(records().asString()).doesNotContain("Quarterly", "hook-");
    }

    @Test
    void writesNothingOfAnOrderThatIsRefusedForItsParameters() {
        // when
        Response refused = ordered("""
                {"recipient": "nobody", "Subject": "Quarterly report", "ticket": "%s"}
                """.formatted(ticket));

        // then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(records().jsonPath().getList("records")).isEmpty();
    }

    @Test
    void writesDownTheReportThatGoesOnWithAQuestion() {
        // given
        slow("archive");

        // when
        Response accepted = as(reader, "trace-reader")
                .header("Prefer", "respond-async, wait=0")
                .queryParam("recipient", ANA)
                .queryParam("ticket", ticket)
                .get("/traces");

        // then
        assertThat(accepted.statusCode()).isEqualTo(202);
        JsonPath what = records().jsonPath();
        assertThat(what.getList("records.what.result")).isEqualTo(List.of("ORDERED", "BEGUN"));
        assertThat(what.getString("records[0].what.operation")).isEqualTo("searchTraces");
        assertThat(what.getInt("records[0].what.status")).isEqualTo(202);
        assertThat(value(what, 0, "report")).isEqualTo(accepted.jsonPath().getString("id"));
    }

    @Test
    void writesDownWhoResetACircuit() {
        // given
        FakeSources.knowsReset("archive");

        // when
        as("operator", "trace-operator")
                .queryParam("ticket", ticket)
                .queryParam("reason", "The archive is back.")
                .post("/sources/archive/circuit/reset")
                .then()
                .statusCode(200);

        // then
        JsonPath what = records().jsonPath();
        assertThat(what.getString("records[0].what.name")).isEqualTo("operator");
        assertThat(what.getString("records[0].what.operation")).isEqualTo("resetCircuit");
        assertThat(what.getString("records[0].what.result")).isEqualTo("DONE");
        assertThat(what.getString("records[0].what.reason")).isEqualTo("The archive is back.");
        assertThat(value(what, 0, "source")).isEqualTo("archive");
    }

    @Test
    void doesNothingWhileThatCannotBeWrittenDown() throws IOException {
        // given
        slow("archive");
        FakeSources.knowsReset("archive");
        String body = "{\"recipient\": \"" + ANA + "\", \"ticket\": \"" + ticket + "\"}";
        List<String> before = reportsOfTheReader();
        Response reset;
        Response report;
        Response later;

        // when
        try (FileChannel held = FileChannel.open(
                Path.of(ConfigProvider.getConfig().getValue("mailtrace.audit.file", String.class)),
                StandardOpenOption.WRITE)) {
            held.lock();
            reset = as("operator", "trace-operator").post("/sources/archive/circuit/reset");
            report = ordered(body);
            later = as(reader, "trace-reader")
                    .header("Prefer", "respond-async, wait=0")
                    .queryParam("recipient", ANA)
                    .get("/traces");
        }

        // then
        for (Response refused : List.of(reset, report, later)) {
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.jsonPath().getString("type")).endsWith("/audit-unavailable");
            assertThat(refused.jsonPath().getString("detail")).contains("was not done");
        }
        FakeSources.server("archive").verify(0, postRequestedFor(urlPathEqualTo("/source/circuit/reset")));
        assertThat(reportsOfTheReader()).isEqualTo(before);
    }

    private List<String> reportsOfTheReader() {
        return as(reader, "trace-reader").get("/traces/reports").jsonPath().getList("reports.id");
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

    private Response ordered(String body) {
        return as(reader, "trace-reader")
                .contentType("application/json")
                .body(body)
                .post("/traces/reports");
    }

    private static void slow(String source) {
        FakeSources.does(
                source,
                FakeSources.json(FakeSources.answer(source, "ANSWERED", "", "")).withFixedDelay(1_200));
    }

    private static String value(JsonPath records, int record, String parameter) {
        return records.getString("records[" + record + "].what.filter.find { it.name == '" + parameter + "' }.value");
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
