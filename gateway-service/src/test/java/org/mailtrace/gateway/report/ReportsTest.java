package org.mailtrace.gateway.report;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.moreThanOrExactly;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.jobs.Job;
import org.mailtrace.jobs.JobState;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.NewJob;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class ReportsTest {
    private static final String ANA = "ana@rivercounty.example";
    private static final String QUESTION = "{\"recipient\": [\"" + ANA + "\"]}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Jobs jobs;

    /** Everybody has a limit of unfinished reports, so every test asks as somebody else. */
    private final String reader = "reader-" + UUID.randomUUID();

    @BeforeEach
    void everythingLooksAndCircuitsAreClosed() {
        FakeSources.allEmpty();
        for (int i = 0; i < 6; i++) {
            asReader().queryParam("recipient", ANA).get("/traces");
        }
        await().atMost(PATIENCE)
                .until(() -> Boolean.TRUE.equals(
                        asReader().queryParam("recipient", ANA).get("/traces").path("complete")));
        FakeSources.NAMES.forEach(name -> FakeSources.server(name).resetRequests());
    }

    @Test
    void readsEverySourceToItsEndAndKeepsStablePages() {
        // given
        pagesOf("proofpoint", 5);

        // when
        Response accepted = order(QUESTION);
        JsonPath report = ended(accepted);

        // then
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(accepted.header("Retry-After")).matches("\\d+");
        assertThat(accepted.header("Location")).isEqualTo(report.getString("links.self"));
        assertThat(report.getString("status")).isEqualTo("COMPLETE");
        assertThat(report.getInt("traces")).isEqualTo(5);
        assertThat(report.getString("summary")).startsWith("5 messages found");
        assertThat(report.getInt("sources.find { it.source == 'proofpoint' }.pages"))
                .isEqualTo(3);
        JsonPath first = asReader()
                .queryParam("limit", 2)
                .get(report.getString("links.traces"))
                .jsonPath();
        JsonPath second = asReader().get(first.getString("page.next")).jsonPath();
        JsonPath third = asReader().get(second.getString("page.next")).jsonPath();
        assertThat(first.getList("traces.subject")).containsExactly("Subject 0", "Subject 1");
        assertThat(second.getList("traces.subject")).containsExactly("Subject 2", "Subject 3");
        assertThat(third.getList("traces.subject")).containsExactly("Subject 4");
        assertThat(third.getString("page.next")).isNull();
        assertThat(third.getBoolean("complete")).isTrue();
        assertThat(first.getString("traces[0].links.self")).startsWith("http").contains("/traces/");
        assertThat(first.getList("sources.source")).isEqualTo(FakeSources.NAMES);
    }

    @Test
    void asksTheSourcesWithItsOwnCredentials() {
        // when
        ended(order(QUESTION));

        // then
        FakeSources.NAMES.forEach(name -> FakeSources.server(name)
                .verify(getRequestedFor(urlPathEqualTo("/traces"))
                        .withHeader("Authorization", equalTo("Bearer the-gateways-own"))));
    }

    @Test
    void ordersAReportFromASourceThatNeedsOneAndConcludesTogetherWithTheOthers() {
        // given
        String delivered = FakeSources.recipient(ANA, "DELIVERED", Duration.ofHours(5), "");
        needsAReport("exchange-online", "COMPLETE", observation("e1", 5, "<1@contoso.example>", delivered));
        FakeSources.answers(
                "proofpoint",
                "ANSWERED",
                observation(
                        "p1",
                        5,
                        "<1@contoso.example>",
                        FakeSources.recipient(
                                ANA,
                                "PASSED_ON",
                                Duration.ofHours(5),
                                ", \"nextHop\": {\"host\": \"x.mail.protection.outlook.com\", \"reply\": \"250\"}")));

        // when
        JsonPath report = ended(order(QUESTION));
        JsonPath traces = asReader().get(report.getString("links.traces")).jsonPath();

        // then
        assertThat(report.getString("status")).isEqualTo("COMPLETE");
        assertThat(report.getString("sources.find { it.source == 'exchange-online' }.report"))
                .isEqualTo("COMPLETE");
        assertThat(traces.getList("traces")).hasSize(1);
        assertThat(traces.getString("traces[0].recipients[0].outcome")).isEqualTo("DELIVERED");
        assertThat(traces.getList("traces[0].path")).isEqualTo(List.of("proofpoint", "exchange-online"));
        FakeSources.server("exchange-online")
                .verify(
                        1,
                        postRequestedFor(urlPathEqualTo("/reports"))
                                .withHeader("Idempotency-Key", equalTo("mailtrace-" + report.getString("id")))
                                .withHeader("Authorization", equalTo("Bearer the-gateways-own"))
                                .withRequestBody(matchingJsonPath("$.recipient", equalTo(ANA)))
                                .withRequestBody(matchingJsonPath("$.from", matching(".*Z"))));
    }

    @Test
    void isIncompleteAndNamesASourceThatIsDead() {
        // given
        FakeSources.does("proofpoint", aResponse().withStatus(500));

        // when
        JsonPath report = ended(order(QUESTION));
        Response traces = asReader().get(report.getString("links.traces"));

        // then
        assertThat(report.getString("status")).isEqualTo("INCOMPLETE");
        assertThat(report.getString("explanation"))
                .contains("Proofpoint")
                .contains("does not prove")
                .doesNotContain("No message found");
        assertThat(traces.jsonPath().getBoolean("complete")).isFalse();
        assertThat(traces.jsonPath().getList("traces")).isEmpty();
        assertThat(asReader()
                        .accept("text/csv")
                        .get(report.getString("links.csv"))
                        .asString())
                .contains("done,false")
                .contains("proofpoint: FAILED");
    }

    @Test
    void failsWhenNobodyLooked() {
        // given
        FakeSources.NAMES.forEach(name -> FakeSources.does(name, aResponse().withStatus(500)));

        // when
        JsonPath report = ended(order(QUESTION));
        Response traces = asReader().get(report.getString("links.self") + "/traces");

        // then
        assertThat(report.getString("status")).isEqualTo("FAILED");
        assertThat(report.getString("links.traces")).isNull();
        assertThat(report.getString("explanation")).startsWith("No source could look");
        assertThat(traces.statusCode()).isEqualTo(410);
    }

    @Test
    void anUnfinishedReportHasNoTracesAndIsCancelledAtTheSourceToo() {
        // given
        needsAReport("exchange-online", "RUNNING", "");
        Response accepted = order(QUESTION);
        String self = accepted.header("Location");
        await().atMost(PATIENCE)
                .until(() -> asReader()
                        .get(self)
                        .jsonPath()
                        .getList("sources.report")
                        .contains("RUNNING"));

        // when
        Response early = asReader().get(self + "/traces");
        Response cancelled = asReader().delete(self);
        Response afterwards = asReader().get(self + "/traces");

        // then
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.header("Retry-After")).matches("\\d+");
        assertThat(early.jsonPath().getString("type")).endsWith("/report-not-finished");
        assertThat(early.jsonPath().getString("detail")).contains("0 of 4 sources");
        assertThat(cancelled.statusCode()).isEqualTo(200);
        assertThat(cancelled.jsonPath().getString("status")).isEqualTo("CANCELLED");
        assertThat(afterwards.statusCode()).isEqualTo(410);
        await().atMost(PATIENCE)
                .untilAsserted(() -> FakeSources.server("exchange-online")
                        .verify(moreThanOrExactly(1), deleteRequestedFor(urlPathEqualTo("/reports/r1"))));
    }

    @Test
    void theSameKeyLeadsToTheSameReportAndAnotherQuestionIsRefused() {
        // given
        String first = keyed("k1", QUESTION).jsonPath().getString("id");

        // when
        Response again = keyed("k1", QUESTION);
        Response other = keyed("k1", "{\"recipient\": [\"bob@rivercounty.example\"]}");

        // then
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.jsonPath().getString("id")).isEqualTo(first);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.jsonPath().getString("type")).endsWith("/idempotency-key-reused");
    }

    @Test
    void everyFaultIsListedAtOnce() {
        // when
        Response answer = given().auth()
                .oauth2(token(reader, "trace-reader"))
                .contentType("application/json")
                .header("Idempotency-Key", "with blanks")
                .body("{\"recipient\": \"nobody\", \"from\": \"yesterday\", \"cursor\": \"x\", \"source\": \"moon\","
                        + " \"callbackUrl\": \"https://10.0.0.1/hook\", \"colour\": \"red\"}")
                .post("/traces/reports?limit=3");

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getList("faults.parameter"))
                .contains("recipient", "from", "cursor", "source", "callbackUrl", "colour", "Idempotency-Key", "limit");
    }

    @Test
    void nobodyElseSeesAReportButOperatorsSeeItsState() {
        // given
        needsAReport("exchange-online", "RUNNING", "");
        String self = order(QUESTION).header("Location");

        // when
        Response other = as("somebody-else", "trace-reader").get(self);
        Response othersTraces = as("somebody-else", "trace-reader").get(self + "/traces");
        Response othersDelete = as("somebody-else", "trace-reader").delete(self);
        Response operator = as("operator", "trace-operator").get(self);
        Response operatorsTraces = as("operator", "trace-operator").get(self + "/traces");
        Response auditor = as("auditor", "trace-auditor").get(self);
        Response list = as("operator", "trace-operator").get("/traces/reports");
        Response othersList = as("somebody-else", "trace-reader").get("/traces/reports");

        // then
        assertThat(List.of(other.statusCode(), othersTraces.statusCode(), othersDelete.statusCode()))
                .containsOnly(404);
        assertThat(operator.statusCode()).isEqualTo(200);
        assertThat(operator.jsonPath().getString("status")).isIn("QUEUED", "RUNNING");
        assertThat(operator.asString()).doesNotContain(ANA, "summary", "/traces\"");
        assertThat(operatorsTraces.statusCode()).isEqualTo(403);
        assertThat(auditor.statusCode()).isEqualTo(403);
        assertThat(given().get(self).statusCode()).isEqualTo(401);
        assertThat(list.jsonPath().getList("reports.links.self")).contains(self);
        assertThat(othersList.jsonPath().getList("reports.links.self")).doesNotContain(self);
        asReader().delete(self);
    }

    @Test
    void refusesFurtherReportsOfACallerWithManyUnfinishedOnes() {
        // given
        needsAReport("exchange-online", "RUNNING", "");
        List<String> five = List.of(1, 2, 3, 4, 5).stream()
                .map(i -> order(QUESTION).header("Location"))
                .toList();

        // when
        Response sixth = order(QUESTION);

        // then
        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.header("Retry-After")).matches("\\d+");
        assertThat(sixth.jsonPath().getString("type")).endsWith("/too-many-reports");
        five.forEach(self -> asReader().delete(self));
        assertThat(order(QUESTION).statusCode()).isEqualTo(202);
    }

    @Test
    void refusesPagesThatAreNotOnes() {
        // given
        String self = ended(order(QUESTION)).getString("links.self");

        // when
        Response answer = asReader().get(self + "/traces?limit=0&cursor=%21&colour=red");

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getList("faults.parameter"))
                .containsExactlyInAnyOrder("limit", "cursor", "colour");
    }

    @Test
    void aCallerWhoPrefersItIsAnsweredAtOnceWhenTheAnswerComesWithinTheWait() {
        // when
        Response answer = asReader()
                .header("Prefer", "respond-async, wait=4")
                .queryParam("recipient", ANA)
                .get("/traces");
        Response plain = asReader().queryParam("recipient", ANA).get("/traces");

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=4");
        assertThat(answer.jsonPath().getString("summary")).startsWith("No message found");
        assertThat(plain.header("Preference-Applied")).isNull();
    }

    @Test
    void aCallerWhoPrefersItGetsAReportWhenASourceIsSlow() {
        // given
        FakeSources.server("proofpoint").resetAll();
        FakeSources.server("proofpoint")
                .stubFor(get(urlPathEqualTo("/traces"))
                        .willReturn(FakeSources.json(FakeSources.answer("proofpoint", "ANSWERED", "", ""))
                                .withFixedDelay(1_200)));

        // when
        Response answer = asReader()
                .header("Prefer", "respond-async")
                .header("Prefer", "wait=0")
                .queryParam("recipient", ANA)
                .get("/traces");
        JsonPath report = ended(answer);

        // then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.header("Preference-Applied")).isEqualTo("respond-async, wait=0");
        assertThat(report.getString("status")).isEqualTo("COMPLETE");
    }

    @Test
    void aCallerWhoPrefersItGetsAReportWhenASourceNeedsOne() {
        // given
        needsAReport("exchange-online", "COMPLETE", "");

        // when
        Response answer = asReader()
                .header("Prefer", "respond-async; foo, WAIT=4")
                .queryParam("recipient", ANA)
                .get("/traces");
        Response plain = asReader().queryParam("recipient", ANA).get("/traces");

        // then
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.header("Location")).contains("/traces/reports/");
        assertThat(ended(answer).getString("status")).isEqualTo("COMPLETE");
        assertThat(plain.statusCode()).isEqualTo(200);
    }

    @Test
    void aSourceThatGivesTheSamePageAgainAndAgainEnds() {
        // given
        FakeSources.server("archive").resetAll();
        FakeSources.answers("archive", "ANSWERED", "");
        FakeSources.server("archive")
                .stubFor(get(urlPathEqualTo("/traces"))
                        .willReturn(FakeSources.json(
                                FakeSources.answer("archive", "ANSWERED", "", ", \"next\": \"round\""))));

        // when
        JsonPath report = ended(order(QUESTION));

        // then
        assertThat(report.getString("status")).isEqualTo("INCOMPLETE");
        assertThat(report.getString("sources.find { it.source == 'archive' }.state"))
                .isEqualTo("TRUNCATED");
        assertThat(report.getInt("sources.find { it.source == 'archive' }.pages"))
                .isEqualTo(2);
    }

    @Test
    void callsBackOnceItIsOverAndListsTheAttempts() {
        // given
        WireMockServer hook = FakeSources.server(FakeSources.IDENTITY_PROVIDER);
        String path = "/hook-" + UUID.randomUUID();
        hook.stubFor(post(urlPathEqualTo(path)).willReturn(aResponse().withStatus(500)));
        String body =
                "{\"recipient\": \"" + ANA + "\", \"callbackUrl\": \"http://127.0.0.1:" + hook.port() + path + "\"}";

        // when
        JsonPath report = ended(order(body));
        await().atMost(PATIENCE)
                .until(() -> asReader()
                        .get(report.getString("links.self"))
                        .jsonPath()
                        .getString("callback.state")
                        .equals("FAILED"));

        // then
        JsonPath after = asReader().get(report.getString("links.self")).jsonPath();
        assertThat(after.getList("callback.attempts.httpStatus"))
                .as(after.getString("callback.attempts"))
                .containsExactly(500, 500, 500);
        hook.verify(
                3,
                postRequestedFor(urlPathEqualTo(path))
                        .withHeader("webhook-signature", matching("v1,.+"))
                        .withRequestBody(matchingJsonPath("$.data.id", equalTo(report.getString("id"))))
                        .withRequestBody(matchingJsonPath("$.data.href", equalTo(report.getString("links.self")))));
        assertThat(as("operator", "trace-operator")
                        .get(report.getString("links.self"))
                        .asString())
                .doesNotContain("callback");
    }

    @Test
    void anExpiredReportSaysSoAndHasNoTraces() {
        // given
        String self = ended(order(QUESTION)).getString("links.self");

        // when
        jobs.expire(Instant.now().plus(Duration.ofDays(8)));
        JsonPath report = asReader().get(self).jsonPath();

        // then
        assertThat(report.getString("status")).isEqualTo("EXPIRED");
        assertThat(report.getString("links.traces")).isNull();
        assertThat(report.getString("links.csv")).isNull();
        assertThat(asReader().get(self + "/traces").statusCode()).isEqualTo(410);
    }

    @Test
    void whatWasKeptLongEnoughIsRemovedThoughNobodyOrdersAnything() {
        // given
        Job job = jobs.submit(new NewJob(
                        "somebody-elses", "owner", Optional.empty(), "who wrote to whom", "{}", Duration.ofMillis(1)))
                .job();
        jobs.claim(Set.of("somebody-elses"), "worker", Duration.ofMinutes(1))
                .orElseThrow()
                .finish(JobState.COMPLETE, "{}", Optional.empty());

        // then
        await().untilAsserted(() ->
                assertThat(jobs.find(job.id()).map(Job::request)).isIn(Optional.of(""), Optional.empty()));
    }

    /** A source with so many rows, two to a page, newest first. */
    private static void pagesOf(String source, int rows) {
        WireMockServer server = FakeSources.server(source);
        server.resetAll();
        for (int from = rows % 2 == 0 ? rows - 2 : rows - 1; from >= 0; from -= 2) {
            String page = page(from, Math.min(rows, from + 2));
            String next = from + 2 < rows ? ", \"next\": \"" + (from + 2) + "\"" : "";
            server.stubFor(get(urlPathEqualTo("/traces"))
                    .withQueryParams(from == 0 ? Map.of() : Map.of("cursor", equalTo(Integer.toString(from))))
                    .withQueryParam("limit", equalTo("2"))
                    .atPriority(from == 0 ? 9 : 5)
                    .willReturn(FakeSources.json(FakeSources.answer(source, "ANSWERED", page, next))));
        }
        server.stubFor(get(urlPathEqualTo("/traces"))
                .atPriority(10)
                .willReturn(FakeSources.json(FakeSources.answer(source, "ANSWERED", "", ""))));
    }

    private static String page(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> observation(
                                "o" + i,
                                5 + i,
                                "<" + i + "@contoso.example>",
                                FakeSources.recipient(ANA, "DELIVERED", Duration.ofHours(5 + i), ""))
                        .replace("Quarterly report", "Subject " + i))
                .collect(Collectors.joining(", "));
    }

    private static String observation(String id, int hours, String messageId, String recipients) {
        return FakeSources.observation(id, Duration.ofHours(hours), messageId, recipients);
    }

    /** A source that answers this question only by a report. */
    static void needsAReport(String source, String status, String observations) {
        WireMockServer server = FakeSources.server(source);
        server.resetAll();
        server.stubFor(get(urlPathEqualTo("/traces"))
                .willReturn(FakeSources.json(FakeSources.answer(source, "REPORT_REQUIRED", "", ""))));
        server.stubFor(post(urlPathEqualTo("/reports"))
                .willReturn(FakeSources.json(sourceReport(source, "QUEUED")).withStatus(202)));
        server.stubFor(get(urlPathEqualTo("/reports/r1")).willReturn(FakeSources.json(sourceReport(source, status))));
        server.stubFor(get(urlPathMatching("/reports/r1/observations"))
                .willReturn(FakeSources.json(FakeSources.answer(source, "ANSWERED", observations, ""))));
    }

    private static String sourceReport(String source, String status) {
        return """
                {"id": "r1", "source": "%s", "status": "%s", "state": "%s", "createdAt": "2026-11-23T08:00:00.000Z",
                 "cost": {"rowRequests": 1, "detailRequests": 0, "left": 1, "atOnce": false},
                 "progress": {"slicesDone": 0, "slices": 1, "pages": 0, "rows": 0, "messages": 0, "details": 0,
                 "requests": 0}, "retryAfterSeconds": 0, "warnings": [], "links": {"self": "http://localhost/reports/r1"}}
                """.formatted(source, status, status.equals("COMPLETE") ? "ANSWERED" : "PARTIAL");
    }

    private Response order(String body) {
        return asReader().contentType("application/json").body(body).post("/traces/reports");
    }

    private Response keyed(String key, String body) {
        return asReader()
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/traces/reports");
    }

    private JsonPath ended(Response accepted) {
        String self = accepted.header("Location");
        return await().atMost(PATIENCE)
                .until(
                        () -> asReader().get(self).jsonPath(),
                        report -> !List.of("QUEUED", "RUNNING").contains(report.getString("status")));
    }

    private RequestSpecification asReader() {
        return as(reader, "trace-reader");
    }

    private static RequestSpecification as(String user, String role) {
        return given().auth().oauth2(token(user, role));
    }

    private static String token(String user, String role) {
        return OidcWiremockTestResource.generateJwtToken(user, Set.of(role), user);
    }
}
