package org.mailtrace.proofpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which the cluster can fail, and the state that says so. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(ClusterResource.class)
class VendorFailuresTest {
    private static final String SEARCH = "pss/filter";
    private static final Map<String, String> ANA = Map.of("recipient", "ana@rivercounty.example");
    private final FakeCluster cluster = ClusterResource.cluster();
    private final Instant now = Instant.now();

    @BeforeEach
    void oneMessage() {
        cluster.rows.clear();
        cluster.held.clear();
        cluster.rows.add(FakeCluster.row(
                "guid-1", now.minus(Duration.ofHours(1)), "sam@shop.example", "ana@rivercounty.example", "Report"));
        cluster.requests.clear();
    }

    /** Circuits judge by the last six calls: as many good ones make every test begin alike. */
    @AfterEach
    void everythingWorksAgain() {
        cluster.behave();
        WoundClock.goRight();
        cluster.rows.clear();
        cluster.rows.add(held("guid-h", Duration.ofHours(2)));
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ask(ANA).getString("state")).isEqualTo("ANSWERED"));
        cluster.rows.clear();
        for (int i = 0; i < 5; i++) {
            ask(ANA);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, text/plain, no, DENIED, mailtrace.proofpoint.username",
        "403, text/plain, no, DENIED, pss",
        "429, text/plain, no, THROTTLED, no more questions",
        "500, application/json, {}, FAILED, HTTP 500",
        "503, text/html, <html>, FAILED, HTTP 503",
        "302, text/plain, moved, FAILED, another address",
        "404, text/plain, no, FAILED, HTTP 404",
        "200, text/html, <html>Sign in</html>, FAILED, web page",
        "200, application/json, '{\"result\":[{', FAILED, could not be read",
        "200, application/json, '', FAILED, could not be read",
        "200, application/json, '{\"error\":\"closed\"}', FAILED, could not be read",
        "200, application/json, '{\"result\":[{\"Subject\":\"no key\"}]}', FAILED, could not be read",
    })
    void saysWhatTheClusterAnsweredInsteadOfAnEmptyResult(
            int status, String type, String body, String state, String sentence) {
        // given that a pause is over at the end of the test
        WoundClock.goBack();
        cluster.misbehave(SEARCH, exchange -> {
            exchange.getResponseHeaders().set("Location", cluster.url() + "/elsewhere");
            FakeCluster.status(exchange, status, type, body);
        });

        // when
        JsonPath answer = ask(ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo(state);
        assertThat(answer.getString("explanation")).contains(sentence).doesNotContain("<html>");
        assertThat(answer.getList("observations")).isEmpty();
        assertThat(answer.getString("absenceProvenUntil")).isNull();
        assertThat(cluster.requestsTo("elsewhere")).isZero();
    }

    @Test
    void saysWhenAThrottledClusterMayBeAskedAgain() {
        // given
        WoundClock.goBack();
        cluster.misbehave(SEARCH, exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "120");
            FakeCluster.status(exchange, 429, "text/plain", "slow down");
        });

        // when
        JsonPath answer = ask(ANA);

        // then
        assertThat(answer.getLong("retryAfterSeconds")).isEqualTo(120);
        assertThat(cluster.requestsTo(SEARCH))
                .as("a spent quota is not tried again")
                .isEqualTo(1);
    }

    @Test
    void saysThatTheClusterDidNotAnswerInTime() {
        // given
        cluster.misbehave(SEARCH, exchange -> Thread.sleep(Duration.ofSeconds(6)));

        // then
        assertThat(ask(ANA).getString("state")).isEqualTo("TIMED_OUT");
    }

    @Test
    void saysThatTheClusterHungUp() {
        // given
        cluster.misbehave(SEARCH, exchange -> exchange.close());

        // when
        JsonPath answer = ask(ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("FAILED");
        assertThat(answer.getString("explanation")).contains("could not be reached");
    }

    @Test
    void readsNoEndlessAnswer() {
        // given
        cluster.misbehave(
                SEARCH,
                exchange -> FakeCluster.status(
                        exchange, 200, "application/json", "{\"result\":[\"" + "x".repeat(2_000_000) + "\"]}"));

        // when
        JsonPath answer = ask(ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("FAILED");
        assertThat(answer.getString("explanation")).contains("longer than");
    }

    @Test
    void opensItsCircuitAndAsksNoMoreUntilItIsTriedAgain() {
        // given
        cluster.misbehave(SEARCH, exchange -> FakeCluster.status(exchange, 500, "text/plain", "no"));

        // when
        JsonPath last = ask(ANA);
        for (int i = 0; i < 10 && !last.getString("state").equals("CIRCUIT_OPEN"); i++) {
            last = ask(ANA);
        }

        // then
        assertThat(last.getString("state")).isEqualTo("CIRCUIT_OPEN");
        assertThat(last.getString("explanation")).isNotBlank();
        assertThat(cluster.requestsTo(SEARCH)).isLessThanOrEqualTo(12);
        assertThat(reader().get("/source").jsonPath().getString("circuit")).isIn("OPEN", "HALF_OPEN");

        // when
        cluster.behave();

        // then
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(ask(ANA).getString("state")).isEqualTo("ANSWERED"));
        assertThat(reader().get("/source").jsonPath().getString("circuit")).isEqualTo("CLOSED");
    }

    @Test
    void tellsSinceWhenTheAccountIsRefused() {
        // given
        cluster.misbehave(SEARCH, exchange -> FakeCluster.status(exchange, 401, "text/plain", "no"));

        // when
        ask(ANA);
        JsonPath refused = reader().get("/source").jsonPath();
        cluster.behave();
        ask(ANA);
        JsonPath working = reader().get("/source").jsonPath();

        // then
        assertThat(refused.getString("credentials")).isEqualTo("REFUSED");
        assertThat(refused.getString("credentialsSince")).isNotNull();
        assertThat(refused.getString("parts.find { it.name == 'smart-search' }.state"))
                .isEqualTo("DENIED");
        assertThat(working.getString("credentials")).isEqualTo("WORKING");
    }

    @Test
    void findsAHeldMessageInItsFolder() {
        // given
        cluster.rows.add(held("guid-h", Duration.ofHours(2)));
        cluster.held.add(
                FakeCluster.heldRecord("guid-h", now.minus(Duration.ofHours(2)), "ana@rivercounty.example", "Bulk"));

        // when
        JsonPath answer = ask(ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getString(quarantineOf("guid-h") + ".state")).isEqualTo("PRESENT");
        assertThat(answer.getString(quarantineOf("guid-h") + ".releaseUrl")).startsWith("https://myspam.");
        assertThat(answer.getList("parts.name")).containsExactly("smart-search", "quarantine/Bulk", "quarantine/Phish");
    }

    @Test
    void saysThatAHeldMessageIsGoneOnlyIfEveryFolderWasRead() {
        // given
        cluster.rows.add(held("guid-h", Duration.ofHours(2)));

        // when
        String afterLooking = ask(ANA).getString(quarantineOf("guid-h") + ".state");
        cluster.misbehave("quarantine/Phish", exchange -> FakeCluster.status(exchange, 500, "text/plain", "no"));
        JsonPath halfBlind = ask(ANA);

        // then
        assertThat(afterLooking).isEqualTo("GONE");
        assertThat(halfBlind.getString(quarantineOf("guid-h") + ".state")).isEqualTo("UNKNOWN");
        assertThat(halfBlind.getString("state")).isEqualTo("PARTIAL");
        assertThat(halfBlind.getString("parts.find { it.name == 'quarantine/Phish' }.state"))
                .isEqualTo("FAILED");
        assertThat(halfBlind.getString("parts.find { it.name == 'quarantine/Bulk' }.state"))
                .isEqualTo("ANSWERED");
        assertThat(halfBlind.getString("explanation")).contains("Phish");
        assertThat(halfBlind.getList("observations")).hasSize(2);
    }

    @Test
    void doesNotCallAMessageGoneWhereAFolderWasCutOrARecordDoesNotSayWhichItIs() {
        // given
        cluster.rows.add(held("guid-h", Duration.ofHours(2)));
        cluster.held.add(FakeCluster.heldRecord(
                "", Instant.now().minus(Duration.ofHours(2)), "ana@rivercounty.example", "Phish"));

        // when
        String unnamed = ask(ANA).getString(quarantineOf("guid-h") + ".state");
        cluster.held.clear();
        Instant at = Instant.now().minus(Duration.ofHours(2));
        for (int i = 0; i < 130; i++) {
            cluster.held.add(FakeCluster.heldRecord("guid-" + i, at.plusSeconds(i), "ana@rivercounty.example", "Bulk"));
        }
        cluster.held.add(FakeCluster.heldRecord("guid-h", at.minusSeconds(60), "ana@rivercounty.example", "Bulk"));
        cluster.cutHeldAt(100);
        String cut = ask(ANA).getString(quarantineOf("guid-h") + ".state");

        // then
        assertThat(unnamed).isEqualTo("UNKNOWN");
        assertThat(cut).as("found once the time was halved").isEqualTo("PRESENT");
    }

    @Test
    void doesNotCallAMessageGoneThatWasHeldAMomentAgo() {
        // given
        cluster.rows.add(held("guid-h", Duration.ofSeconds(20)));

        // then
        assertThat(ask(ANA).getString(quarantineOf("guid-h") + ".state")).isEqualTo("UNKNOWN");
    }

    @Test
    void neverAsksForTheMessageItself() {
        // given
        cluster.rows.add(held("guid-h", Duration.ofHours(2)));

        // when
        ask(ANA);

        // then
        assertThat(cluster.requests.stream().filter(request -> request.path().equals("quarantine")))
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.parameters())
                        .containsKeys("rcpt", "folder")
                        .doesNotContainKey("guid"));
    }

    @Test
    void slicesTheWindowUntilNothingIsCut() {
        // given
        cluster.rows.clear();
        for (int i = 0; i < 57; i++) {
            cluster.rows.add(FakeCluster.row(
                    "guid-" + i,
                    now.minus(Duration.ofMinutes(20L * i + 5)),
                    "sam@shop.example",
                    "ana@rivercounty.example",
                    "Report " + i));
        }

        // when
        JsonPath all = ask(Map.of("recipient", "ana@rivercounty.example", "limit", "1000"));
        long requestsForAll = cluster.requestsTo(SEARCH);
        cluster.requests.clear();
        JsonPath firstPage = ask(Map.of("recipient", "ana@rivercounty.example", "limit", "5"));

        // then
        assertThat(all.getString("state")).isEqualTo("ANSWERED");
        assertThat(all.getList("observations.sourceId")).hasSize(57).doesNotHaveDuplicates();
        assertThat(firstPage.getList("observations.sourceId"))
                .isEqualTo(all.getList("observations.sourceId").subList(0, 5));
        assertThat(cluster.requestsTo(SEARCH)).isLessThan(requestsForAll);
    }

    @Test
    void asksOnlyForTheRestOnTheNextPage() {
        // given
        cluster.rows.clear();
        for (int i = 0; i < 25; i++) {
            cluster.rows.add(FakeCluster.row(
                    "guid-" + i,
                    now.minus(Duration.ofMinutes(30L * i + 5)),
                    "sam@shop.example",
                    "ana@rivercounty.example",
                    "Report " + i));
        }

        // when
        List<String> paged = new ArrayList<>();
        Map<String, String> question = new TreeMap<>(ANA);
        question.put("limit", "4");
        for (int page = 0; page < 10; page++) {
            JsonPath answer = ask(question);
            paged.addAll(answer.getList("observations.messageId", String.class));
            String next = answer.getString("next");
            if (next == null) {
                break;
            }
            question.put("cursor", next);
        }

        // then
        assertThat(paged).hasSize(25).doesNotHaveDuplicates();
    }

    @Test
    void searchesTheReachablePartOfAWindowAndSaysSo() {
        // when
        JsonPath half = ask(Map.of(
                "recipient",
                "ana@rivercounty.example",
                "from",
                now.minus(Duration.ofDays(40)).toString()));
        cluster.requests.clear();
        JsonPath nothing = ask(Map.of(
                "recipient",
                "ana@rivercounty.example",
                "from",
                now.minus(Duration.ofDays(50)).toString(),
                "to",
                now.minus(Duration.ofDays(40)).toString()));

        // then
        assertThat(half.getString("state")).isEqualTo("OUT_OF_RETENTION");
        assertThat(half.getList("observations")).hasSize(1);
        assertThat(half.getString("searchedFrom")).isEqualTo(half.getString("searchableFrom"));
        assertThat(nothing.getString("state")).isEqualTo("OUT_OF_RETENTION");
        assertThat(nothing.getList("observations")).isEmpty();
        assertThat(cluster.requests).isEmpty();
    }

    @Test
    void showsARowWithoutAReadableDateAndWarns() {
        // given
        Map<String, String> undated = new TreeMap<>(cluster.rows.getFirst());
        undated.put("GUID", "guid-undated");
        undated.put("Date", "soon");
        cluster.rows.add(undated);

        // when
        JsonPath answer = ask(ANA);

        // then
        assertThat(answer.getList("observations")).hasSize(2);
        assertThat(answer.getList("warnings", String.class)).anyMatch(warning -> warning.contains("readable date"));
    }

    @Test
    void proveNothingByASubjectAlone() {
        // when
        JsonPath answer = ask(Map.of("subject", "Report"));

        // then
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getList("observations")).hasSize(1);
        assertThat(answer.getString("absenceProvenUntil")).isEqualTo(answer.getString("searchedFrom"));
        assertThat(answer.getList("warnings")).hasSize(1);
    }

    @Test
    void provesNothingWhereARowWasLeftOutThatMayBeMeant() {
        // given
        Map<String, String> nobodys =
                FakeCluster.row("guid-x", Instant.now().minus(Duration.ofHours(1)), "sam@shop.example", "", "Report");
        Map<String, String> unreadable = FakeCluster.row(
                "guid-y",
                Instant.now().minus(Duration.ofHours(1)),
                "sam@shop.example",
                "ana@rivercounty.example",
                "=?x-nobody-knows?B?UmVwb3J0?=");
        cluster.rows.clear();
        cluster.rows.addAll(List.of(nobodys, unreadable));

        // when
        JsonPath byId = ask(Map.of("messageId", "guid-x@shop.example", "recipient", "bo@rivercounty.example"));
        JsonPath bySubject = ask(Map.of("recipient", "ana@rivercounty.example", "subject", "Report"));
        JsonPath byRecipient = ask(ANA);

        // then
        for (JsonPath answer : List.of(byId, bySubject)) {
            assertThat(answer.getList("observations")).isEmpty();
            assertThat(answer.getList("warnings", String.class))
                    .anySatisfy(warning -> assertThat(warning).contains("left out"));
            assertThat(answer.getString("absenceProvenUntil")).isEqualTo(answer.getString("searchedFrom"));
        }
        assertThat(byRecipient.getList("observations")).hasSize(1);
        assertThat(byRecipient.getString("absenceProvenUntil")).isNotEqualTo(byRecipient.getString("searchedFrom"));
    }

    @Test
    void findsWhatARuleRedirectedToOneOfOursAndCouldNotHandOver() {
        // given
        Map<String, String> redirected = redirected("guid-r");
        redirected.put("Sendmail_To", "<bo@rivercounty.example>");
        redirected.put("Sendmail_Stat", "Deferred: Connection timed out");
        cluster.rows.add(redirected);

        // then
        assertThat(ask(Map.of("recipient", "bo@rivercounty.example")).getList("observations.messageId", String.class))
                .containsExactly("<guid-r@shop.example>");
    }

    @Test
    void provesNothingWhereARuleRedirectedAMessageAndNobodyKnowsYetWhereTo() {
        // given
        cluster.rows.add(redirected("guid-r"));

        // when
        JsonPath answer = ask(Map.of("recipient", "office@partner.example"));

        // then
        assertThat(answer.getList("observations")).isEmpty();
        assertThat(answer.getList("warnings", String.class))
                .anySatisfy(warning -> assertThat(warning).contains("a rule redirected", "left out"));
        assertThat(answer.getString("absenceProvenUntil")).isEqualTo(answer.getString("searchedFrom"));
    }

    private static Map<String, String> redirected(String guid) {
        Map<String, String> row = FakeCluster.row(
                guid,
                Instant.now().minus(Duration.ofHours(1)),
                "sam@shop.example",
                "claims@rivercounty.example",
                "Report");
        row.put("Final_Action", "redirect");
        return row;
    }

    @Test
    void cannotAnswerForIdsThatOnlyExchangeKnows() {
        // when
        JsonPath answer = ask(Map.of("messageId", "4451a062-48cb-e80d-e8c0-196330437ae6"));

        // then
        assertThat(answer.getString("state")).isEqualTo("CANNOT_ANSWER");
        assertThat(cluster.requests).isEmpty();
    }

    @Test
    void showsItsPasswordNowhere() {
        // given
        String everything = reader().get("/source").asString()
                + reader().queryParams(ANA).get("/traces").asString();

        // then
        assertThat(everything).doesNotContain(FakeCluster.PASSWORD).doesNotContain(FakeCluster.USERNAME);
    }

    private Map<String, String> held(String guid, Duration ago) {
        return FakeCluster.heldRow(guid, now.minus(ago), "ana@rivercounty.example", "inbound_bulk", "Bulk");
    }

    private static String quarantineOf(String guid) {
        return "observations.find { it.messageId == '<" + guid + "@shop.example>' }.recipients[0].quarantine";
    }

    private static JsonPath ask(Map<String, String> question) {
        return reader().queryParams(question)
                .get("/traces")
                .then()
                .statusCode(200)
                .body("source", equalTo("proofpoint"))
                .extract()
                .jsonPath();
    }

    private static RequestSpecification reader() {
        return given().auth().oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")));
    }
}
