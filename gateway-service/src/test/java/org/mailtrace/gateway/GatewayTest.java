package org.mailtrace.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.gateway.words.LookUpWords;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class GatewayTest {
    private static final String ANA = "ana@rivercounty.example";
    private static final String ID = "<d9683b4c@contoso.example>";
    private static final Duration FIVE_HOURS = Duration.ofHours(5);
    private static final int LONGER_THAN_ANYBODY_WAITS =
            (int) HelpDesk.PATIENCE.multipliedBy(2).toMillis();

    @BeforeEach
    void everythingLooksAndCircuitsAreClosed() {
        FakeSources.allEmpty();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Boolean.TRUE.equals(ask(Map.of("recipient", ANA)).path("complete")));
        // A breaker judges by its last six calls: what another test did is forgotten after as many good ones.
        for (int i = 0; i < 6; i++) {
            ask(Map.of("recipient", ANA));
        }
        FakeSources.NAMES.forEach(name -> FakeSources.server(name).resetRequests());
    }

    @Test
    void saysNoMessageFoundWhenEverySourceLooked() {
        JsonPath answer = ask(Map.of("recipient", ANA)).jsonPath();

        assertThat(answer.getString("summary")).startsWith("No message found");
        assertThat(answer.getList("sources.source")).isEqualTo(FakeSources.NAMES);
        assertThat(answer.getList("traces")).isEmpty();
    }

    @Test
    void asksAFourthSourceThatIsOnlyConfigured() {
        // given
        FakeSources.answers("archive", "ANSWERED", delivered("a1", FIVE_HOURS));

        // when
        JsonPath answer = ask(Map.of("recipient", ANA)).jsonPath();

        // then
        assertThat(answer.getString("traces[0].recipients[0].outcome")).isEqualTo("DELIVERED");
        assertThat(answer.getString("traces[0].recipients[0].where")).isEqualTo("archive");
        assertThat(answer.getString("traces[0].recipients[0].sentence")).startsWith("Archive put it into the mailbox");
    }

    static Stream<Arguments> waysNotToAnswer() {
        String nested = "[".repeat(5_000);
        return Stream.of(
                Arguments.of("an error", aResponse().withStatus(500), "FAILED"),
                Arguments.of("no token accepted", aResponse().withStatus(401), "DENIED"),
                Arguments.of("no role", aResponse().withStatus(403), "DENIED"),
                Arguments.of("too many questions", aResponse().withStatus(429), "THROTTLED"),
                Arguments.of("a page of HTML", aResponse().withBody("<html>Welcome</html>"), "FAILED"),
                Arguments.of("nothing", aResponse().withBody(""), "FAILED"),
                Arguments.of("null", FakeSources.json("null"), "FAILED"),
                Arguments.of("half a document", FakeSources.json("{\"source\": \"proofpoint\", \"st"), "FAILED"),
                Arguments.of("no state", FakeSources.json("{\"source\": \"proofpoint\", \"tookMs\": 1}"), "FAILED"),
                Arguments.of(
                        "an unknown state",
                        FakeSources.json("{\"source\": \"proofpoint\", \"state\": \"FINE\", \"tookMs\": 1}"),
                        "FAILED"),
                Arguments.of(
                        "another's answer",
                        FakeSources.json(FakeSources.answer("archive", "ANSWERED", "", "")),
                        "FAILED"),
                Arguments.of(
                        "a row without a time",
                        FakeSources.json(FakeSources.answer("proofpoint", "ANSWERED", "{\"sourceId\": \"x\"}", "")),
                        "FAILED"),
                Arguments.of("deep nesting", FakeSources.json(nested), "FAILED"),
                Arguments.of(
                        "an endless answer",
                        FakeSources.json(FakeSources.answer("proofpoint", "ANSWERED", "", "") + " ".repeat(200_000)),
                        "FAILED"),
                Arguments.of(
                        "a redirect",
                        aResponse().withStatus(302).withHeader("Location", "http://127.0.0.1:9/"),
                        "FAILED"),
                Arguments.of("a reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "FAILED"),
                Arguments.of("silence", FakeSources.json("{}").withFixedDelay(LONGER_THAN_ANYBODY_WAITS), "TIMED_OUT"),
                Arguments.of(
                        "one byte after another",
                        FakeSources.json(FakeSources.answer("proofpoint", "ANSWERED", "", ""))
                                .withChunkedDribbleDelay(20, LONGER_THAN_ANYBODY_WAITS),
                        "TIMED_OUT"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("waysNotToAnswer")
    void aSourceThatGivesNoAnswerBecomesAStateAndNeverEmptiness(
            String name, ResponseDefinitionBuilder response, String state) {
        // given
        FakeSources.does("proofpoint", response);

        // when
        Response answer = ask(Map.of("recipient", ANA));

        // then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(stateOf(answer, "proofpoint")).isEqualTo(state);
        assertThat(answer.jsonPath().getBoolean("complete")).isFalse();
        assertThat(answer.jsonPath().getString("summary"))
                .doesNotContain("No message found")
                .contains("Proofpoint");
        assertThat(answer.time()).isLessThan(HelpDesk.PATIENCE.toMillis());
    }

    @Test
    void a404FromAnyWebServerIsNotASourceThatLooked() {
        // given
        FakeSources.answers("archive", "ANSWERED", delivered("a1", FIVE_HOURS));
        String id = ask(Map.of("recipient", ANA)).jsonPath().getString("traces[0].id");
        FakeSources.does("archive", aResponse().withStatus(404).withBody("<h1>Not Found</h1>"));

        // then
        assertNotSeenAgain(asReader().get("/traces/{id}", id), "Archive did not answer");
    }

    @Test
    void answers503WithRetryAfterOnlyWhenNobodyLooked() {
        // given
        FakeSources.NAMES.forEach(name -> FakeSources.does(name, aResponse().withStatus(500)));

        // when
        Response none = ask(Map.of("recipient", ANA));

        // then
        assertThat(none.statusCode()).isEqualTo(503);
        assertThat(none.contentType()).startsWith("application/problem+json");
        assertThat(none.header("Retry-After")).isNotBlank();
        assertThat(none.jsonPath().getList("sources.state"))
                .containsOnly("FAILED")
                .hasSize(4);

        // and given
        FakeSources.NAMES.forEach(name -> FakeSources.does(name, aResponse().withStatus(403)));

        // then what does not pass by itself is an answer
        assertThat(ask(Map.of("recipient", ANA)).statusCode()).isEqualTo(200);
    }

    @Test
    void opensACircuitByCountAndStopsAsking() {
        // given
        FakeSources.does("proofpoint", aResponse().withStatus(500));

        // when
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        stateOf(ask(Map.of("recipient", ANA)), "proofpoint").equals("CIRCUIT_OPEN"));

        // then
        assertThat(asReader()
                        .get("/sources")
                        .jsonPath()
                        .getString("sources.find { it.source == 'proofpoint' }.circuit"))
                .isIn("OPEN", "HALF_OPEN");

        // and given it is well again
        FakeSources.allEmpty();

        // then
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        stateOf(ask(Map.of("recipient", ANA)), "proofpoint").equals("ANSWERED"));
    }

    @Test
    void doesNotRepeatAQuestionThatFailed() {
        // given
        FakeSources.does("archive", aResponse().withStatus(500));

        // when
        ask(Map.of("recipient", ANA));

        // then
        FakeSources.server("archive").verify(1, getRequestedFor(urlPathEqualTo("/traces")));
    }

    @Test
    void followsAHandOverToTheNextSourceByIdAndByAddress() {
        // given
        FakeSources.answers("proofpoint", "ANSWERED", passedOn("p1", FIVE_HOURS));

        // when
        JsonPath answer = ask(Map.of("sender", "sam@contoso.example")).jsonPath();

        // then
        assertThat(answer.getString("traces[0].recipients[0].outcome")).isEqualTo("MISSING_AT_NEXT_HOP");
        FakeSources.server("exchange-online")
                .verify(getRequestedFor(urlPathEqualTo("/traces")).withQueryParam("messageId", equalTo(ID)));
        FakeSources.server("exchange-online")
                .verify(getRequestedFor(urlPathEqualTo("/traces"))
                        .withQueryParam("recipient", equalTo(ANA))
                        .withHeader("Authorization", matching("Bearer .+")));
    }

    @Test
    void joinsWhatTheFollowUpFound() {
        // given
        FakeSources.answers("proofpoint", "ANSWERED", passedOn("p1", FIVE_HOURS));
        FakeSources.server("exchange-online")
                .stubFor(get(urlPathEqualTo("/traces"))
                        .withQueryParam("messageId", equalTo(ID))
                        .willReturn(FakeSources.json(
                                FakeSources.answer("exchange-online", "ANSWERED", delivered("c1", FIVE_HOURS), ""))));

        // when
        JsonPath answer = ask(Map.of("sender", "sam@contoso.example")).jsonPath();

        // then
        assertThat(answer.getString("traces[0].recipients[0].outcome")).isEqualTo("DELIVERED");
        assertThat(answer.getList("traces[0].path")).isEqualTo(List.of("proofpoint", "exchange-online"));
    }

    @Test
    void aMessageInTwoTransactionsIsOneTraceThatStoodOnceInTheCloud() {
        // given
        String toTheCloud = ", \"nextHop\": {\"host\": \"x.mail.protection.outlook.com\", \"reply\": \"250 2.0.0 OK\"}";
        String ben = "ben@rivercounty.example";
        FakeSources.answers(
                "proofpoint",
                "ANSWERED",
                FakeSources.observation(
                        "p1",
                        FIVE_HOURS,
                        ID,
                        FakeSources.recipient(ANA, "PASSED_ON", FIVE_HOURS, toTheCloud) + ","
                                + FakeSources.recipient(ben, "PASSED_ON", FIVE_HOURS, toTheCloud)));
        FakeSources.answers(
                "exchange-online",
                "ANSWERED",
                inTransaction("c1", 1, FakeSources.recipient(ANA, "DELIVERED", FIVE_HOURS, "")) + ","
                        + inTransaction("c2", 2, FakeSources.recipient(ben, "JUNKED", FIVE_HOURS, "")));

        // when
        JsonPath answer = ask(Map.of("messageId", ID)).jsonPath();

        // then
        assertThat(answer.getList("traces")).hasSize(1);
        assertThat(answer.getList("traces[0].recipients.outcome")).isEqualTo(List.of("DELIVERED", "JUNKED"));
        assertThat(answer.getList("traces[0].path")).isEqualTo(List.of("proofpoint", "exchange-online"));
    }

    private static String inTransaction(String sourceId, int number, String recipient) {
        return FakeSources.observation(sourceId, FIVE_HOURS, ID, recipient)
                .replace(
                        "\"sender\"",
                        "\"networkMessageId\": \"00000000-0000-0000-0000-00000000000" + number + "\", \"sender\"");
    }

    @Test
    void aReportStandsBesideItsMessageAndIsATraceOnlyWhenAskedFor() {
        // given
        String letter = delivered("a1", FIVE_HOURS)
                .replace(
                        "\"relatedMessages\": []",
                        "\"relatedMessages\": [{\"messageId\": \"<r@x.example>\", \"relation\": \"DERIVED\","
                                + " \"text\": \"A rule made it.\"}]");
        String made = FakeSources.observation(
                "a2", FIVE_HOURS, "<r@x.example>", FakeSources.recipient(ANA, "DELIVERED", FIVE_HOURS, ""));
        FakeSources.answers("archive", "ANSWERED", letter + "," + made);

        // when
        JsonPath usual = ask(Map.of("recipient", ANA)).jsonPath();
        JsonPath asked = ask(Map.of("recipient", ANA, "include", "related")).jsonPath();
        JsonPath byId = ask(Map.of("messageId", "r@x.example")).jsonPath();

        // then
        assertThat(usual.getList("traces.messageId")).containsExactly(ID);
        assertThat(usual.getString("summary")).startsWith("1 message found");
        assertThat(usual.getList("traces[0].related.messageId")).containsExactly("<r@x.example>");
        assertThat(usual.getString("traces[0].related[0].relation")).isEqualTo("DERIVED");
        assertThat(usual.getString("traces[0].related[0].source")).isEqualTo("archive");
        assertThat(usual.getString("traces[0].related[0].id")).isNotBlank();
        assertThat(asked.getList("traces.messageId")).containsExactlyInAnyOrder(ID, "<r@x.example>");
        assertThat(byId.getList("traces.messageId")).containsExactly("<r@x.example>");
        assertThat(byId.getString("traces[0].related[0].relation")).isEqualTo("ORIGINAL");
    }

    @Test
    void looksForTheReportThatARecordNamesWhenRelatedMessagesAreAskedFor() {
        // given
        FakeSources.answers(
                "archive",
                "ANSWERED",
                delivered("a1", FIVE_HOURS)
                        .replace(
                                "\"relatedMessages\": []",
                                "\"relatedMessages\": [{\"messageId\": \"<r@x.example>\", \"relation\":"
                                        + " \"DELIVERY_REPORT\", \"text\": \"A report.\"}]"));

        // when
        JsonPath usual = ask(Map.of("recipient", ANA)).jsonPath();

        // then
        FakeSources.server("proofpoint")
                .verify(
                        0,
                        getRequestedFor(urlPathEqualTo("/traces"))
                                .withQueryParam("messageId", equalTo("<r@x.example>")));
        assertThat(usual.getList("traces[0].related")).hasSize(1);

        // and when
        ask(Map.of("recipient", ANA, "include", "related"));

        // then
        FakeSources.server("proofpoint")
                .verify(getRequestedFor(urlPathEqualTo("/traces"))
                        .withQueryParam("messageId", equalTo("<r@x.example>")));
    }

    @Test
    void aQuestionByIdShowsNoOtherMessagesThatTheSearchForItCameAcross() {
        // given
        FakeSources.answers("proofpoint", "ANSWERED", passedOn("p1", FIVE_HOURS));
        FakeSources.server("exchange-online")
                .stubFor(get(urlPathEqualTo("/traces"))
                        .withQueryParam("recipient", equalTo(ANA))
                        .willReturn(FakeSources.json(FakeSources.answer(
                                "exchange-online",
                                "ANSWERED",
                                FakeSources.observation(
                                        "c7",
                                        FIVE_HOURS,
                                        "<other@contoso.example>",
                                        FakeSources.recipient(ANA, "DELIVERED", FIVE_HOURS, "")),
                                ""))));

        // then
        assertThat(ask(Map.of("messageId", ID)).jsonPath().getList("traces.messageId"))
                .containsExactly(ID);
        assertThat(ask(Map.of("subject", "Quarterly")).jsonPath().getList("traces.messageId"))
                .contains(ID);
    }

    @Test
    void anOutcomeFilterIsNoProofOfAbsence() {
        // given
        FakeSources.answers("archive", "ANSWERED", delivered("a1", FIVE_HOURS));

        // when
        JsonPath answer =
                ask(Map.of("recipient", ANA, "outcome", "QUARANTINED")).jsonPath();

        // then
        assertThat(answer.getList("traces")).isEmpty();
        assertThat(answer.getString("summary")).startsWith("1 message found, none of them with the outcome asked for.");
    }

    @Test
    void leavesSourcesOutAndSaysSo() {
        // when
        Response answer = ask(Map.of("recipient", ANA, "source", "archive"));

        // then
        assertThat(stateOf(answer, "proofpoint")).isEqualTo("NOT_ASKED");
        assertThat(answer.jsonPath().getBoolean("complete")).isFalse();
        FakeSources.server("proofpoint").verify(0, getRequestedFor(urlPathEqualTo("/traces")));
    }

    @Test
    void aSourceThatIsSwitchedOffIsNeitherAskedNorWaitedFor() {
        // given
        FakeSources.answers(
                "proofpoint",
                "ANSWERED",
                FakeSources.observation(
                        "p1",
                        FIVE_HOURS,
                        ID,
                        FakeSources.recipient(
                                ANA,
                                "PASSED_ON",
                                FIVE_HOURS,
                                ", \"nextHop\": {\"host\": \"mx.annex.example\", \"reply\": \"250 ok\"}")));

        // when
        JsonPath answer = ask(Map.of("recipient", ANA)).jsonPath();

        // then
        assertThat(answer.getBoolean("complete")).isTrue();
        assertThat(answer.getList("sources.source")).containsExactlyInAnyOrderElementsOf(FakeSources.NAMES);
        assertThat(answer.getString("traces[0].recipients[0].outcome")).isEqualTo("HANDED_OFF");
        assertThat(answer.getString("traces[0].recipients[0].sentence")).contains("Annex, which is not searched here");
        assertThat(ask(Map.of("recipient", ANA, "source", "annex")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void listsEveryFaultAtOnce() {
        // when
        Response answer =
                ask(Map.of("recipient", "nobody", "limit", "0", "source", "moon", "outcome", "EATEN", "x", "1"));

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getList("faults.parameter"))
                .contains("recipient", "limit", "source", "outcome", "x");
    }

    @Test
    void refusesParametersGivenTwiceThatAreListsToo() {
        // when
        Response answer = asReader()
                .queryParam("recipient", ANA)
                .queryParam("source", "archive", "proofpoint")
                .queryParam("outcome", "DELIVERED", "FAILED")
                .get("/traces");

        // then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.jsonPath().getList("faults.parameter")).containsExactly("outcome", "source");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"/traces/AAAA", "/sources", "/traces/reports", "/traces/reports/AAAA"})
    void takesNoParameterSilentlyThatItDoesNotKnow(String path) {
        // when
        Response answer = asReader()
                .queryParam("recipient", ANA)
                .queryParam("zz", "1", "2")
                .get(path);

        // then
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getList("faults.parameter")).containsExactly("recipient", "zz");
    }

    @Test
    void cancelsNothingWithParametersThatItDoesNotKnow() {
        assertThat(asReader()
                        .queryParam("now", "true")
                        .delete("/traces/reports/AAAA")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void readsTheSameQuestionFromABody() {
        // given
        FakeSources.answers("archive", "ANSWERED", delivered("a1", FIVE_HOURS));

        // then
        assertThat(post("{\"recipient\": [\"ana@rivercounty.example\"], \"limit\": 5}")
                        .jsonPath()
                        .getList("traces"))
                .hasSize(1);
        assertThat(post("{\"recipient\": \"ana@rivercounty.example\", \"color\": \"red\", \"limit\": {}}")
                        .jsonPath()
                        .getList("faults.parameter"))
                .contains("color", "limit");
        assertThat(post("[1").statusCode()).isEqualTo(400);
    }

    @Test
    void findsATraceAgainAndRefusesAChangedId() {
        // given
        FakeSources.answers("archive", "ANSWERED", delivered("a1", FIVE_HOURS));
        FakeSources.finds("archive", delivered("a1", FIVE_HOURS));
        String id = ask(Map.of("recipient", ANA)).jsonPath().getString("traces[0].id");

        // then
        assertThat(asReader().get("/traces/{id}", id).jsonPath().getString("traces[0].messageId"))
                .isEqualTo(ID);
        char last = id.charAt(id.length() / 2);
        String changed =
                id.substring(0, id.length() / 2) + (last == 'A' ? 'B' : 'A') + id.substring(id.length() / 2 + 1);
        assertThat(asReader().get("/traces/{id}", changed).statusCode()).isEqualTo(404);
    }

    @Test
    void says404OnlyWhenEverySourceLooked() {
        // given
        FakeSources.answers("archive", "ANSWERED", delivered("a1", FIVE_HOURS));
        String id = ask(Map.of("recipient", ANA)).jsonPath().getString("traces[0].id");
        FakeSources.allEmpty();
        FakeSources.knowsNoSuchId("archive");

        // then
        assertThat(asReader().get("/traces/{id}", id).statusCode()).isEqualTo(404);

        // and given
        FakeSources.does("proofpoint", aResponse().withStatus(500));

        // then
        assertNotSeenAgain(asReader().get("/traces/{id}", id), "Proofpoint did not answer");

        // and given
        FakeSources.NAMES.forEach(name -> FakeSources.does(name, aResponse().withStatus(500)));

        // then
        Response nobody = asReader().get("/traces/{id}", id);
        assertThat(nobody.statusCode()).isEqualTo(503);
        assertThat(nobody.header("Retry-After")).isNotBlank();
    }

    @Test
    void ofATraceWithoutAMessageIdItIsSaidThatNotEverybodyCouldLookForIt() {
        // given
        String nameless = delivered("a1", FIVE_HOURS).replace("\"messageId\": \"" + ID + "\",", "");
        FakeSources.answers("archive", "ANSWERED", nameless);
        String id = ask(Map.of("recipient", ANA)).jsonPath().getString("traces[0].id");
        FakeSources.allEmpty();
        FakeSources.knowsNoSuchId("archive");

        // then
        assertNotSeenAgain(asReader().get("/traces/{id}", id), "Proofpoint cannot search by what was asked");
        assertThat(asReader().accept("text/plain").get("/traces/{id}", id).asString())
                .startsWith("The message was not seen again\n")
                .contains("Not complete: ");
    }

    @Test
    void showsWhatAnotherSourceHasUnderTheMessageIdWhereTheFirstOneIsAway() {
        // given
        FakeSources.answers("proofpoint", "ANSWERED", delivered("p1", FIVE_HOURS));
        String id = ask(Map.of("recipient", ANA)).jsonPath().getString("traces[0].id");
        FakeSources.does("proofpoint", aResponse().withStatus(500));
        FakeSources.answers("archive", "ANSWERED", delivered("a1", FIVE_HOURS));

        // when
        Response answer = asReader().get("/traces/{id}", id);

        // then
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getList("traces[0].path")).isEqualTo(List.of("archive"));
        assertThat(answer.jsonPath().getList("warnings")).contains(LookUpWords.SAME_MESSAGE_ID);
        assertThat(answer.jsonPath().getBoolean("complete")).isFalse();
        assertThat(answer.jsonPath().getString("summary")).startsWith("1 message found. Proofpoint did not answer");
    }

    @Test
    void aNamesakeIsNotProvenToBeTheMessageAndOfSeveralNoneIsShown() {
        // given
        FakeSources.answers("proofpoint", "ANSWERED", delivered("p1", FIVE_HOURS));
        String id = ask(Map.of("recipient", ANA)).jsonPath().getString("traces[0].id");
        FakeSources.allEmpty();
        FakeSources.knowsNoSuchId("proofpoint");

        // when
        FakeSources.answers("archive", "ANSWERED", delivered("a1", FIVE_HOURS));
        Response one = asReader().get("/traces/{id}", id);
        FakeSources.answers(
                "archive", "ANSWERED", delivered("a1", FIVE_HOURS) + ", " + delivered("a2", FIVE_HOURS.plusHours(4)));
        Response several = asReader().get("/traces/{id}", id);

        // then
        assertThat(one.jsonPath().getList("warnings")).as(one.asString()).contains(LookUpWords.SAME_MESSAGE_ID);
        assertThat(one.jsonPath().getBoolean("complete")).isFalse();
        assertThat(several.statusCode()).as(several.asString()).isEqualTo(404);
    }

    private static void assertNotSeenAgain(Response answer, String why) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        assertThat(answer.jsonPath().getBoolean("complete")).isFalse();
        assertThat(answer.jsonPath().getList("traces")).isEmpty();
        assertThat(answer.jsonPath().getString("summary"))
                .startsWith("The message was not seen again, but that does not prove that it is gone.")
                .contains(why);
    }

    @Test
    void pagesWithoutSkippingOrRepeating() {
        // given
        StringBuilder rows = new StringBuilder();
        for (int i = 1; i <= 5; i++) {
            rows.append(i > 1 ? "," : "")
                    .append(FakeSources.observation(
                            "a" + i,
                            Duration.ofMinutes(60L * i),
                            "<m" + i + "@contoso.example>",
                            FakeSources.recipient(ANA, "DELIVERED", Duration.ofMinutes(60L * i), "")));
        }
        FakeSources.answers("archive", "ANSWERED", rows.toString());

        // when
        List<String> seen = new ArrayList<>();
        Response page = ask(Map.of("recipient", ANA, "limit", "2"));
        for (int i = 0; i < 5; i++) {
            seen.addAll(page.jsonPath().getList("traces.messageId"));
            String next = page.jsonPath().getString("page.next");
            if (next == null) {
                break;
            }
            assertThat(page.header("Link")).isEqualTo("<" + next + ">; rel=\"next\"");
            page = asReader().urlEncodingEnabled(false).get(next);
        }

        // then
        assertThat(seen)
                .containsExactly(
                        "<m1@contoso.example>",
                        "<m2@contoso.example>",
                        "<m3@contoso.example>",
                        "<m4@contoso.example>",
                        "<m5@contoso.example>");
    }

    @Test
    void aLaterPageSpeaksOfItselfAndWaitsForASourceThatLookedBefore() {
        // given
        FakeSources.answers(
                "archive",
                "ANSWERED",
                delivered("a1", Duration.ofHours(1)) + ","
                        + delivered("a2", FIVE_HOURS).replace(ID, "<second@contoso.example>"));
        Response first = ask(Map.of("recipient", ANA, "limit", "1"));
        String next = first.jsonPath().getString("page.next");

        // when
        JsonPath second = asReader().urlEncodingEnabled(false).get(next).jsonPath();
        FakeSources.does("proofpoint", aResponse().withStatus(500));
        JsonPath waiting = asReader().urlEncodingEnabled(false).get(next).jsonPath();

        // then
        assertThat(first.jsonPath().getString("summary")).startsWith("1 message found on this page; more follow.");
        assertThat(second.getString("summary")).startsWith("1 further message found on this last page.");
        assertThat(second.getBoolean("complete")).isTrue();
        assertThat(waiting.getList("traces")).isEmpty();
        assertThat(waiting.getBoolean("complete")).isFalse();
        assertThat(waiting.getString("page.next")).isNotEqualTo(next);
        assertThat(waiting.getList("warnings", String.class))
                .anyMatch(warning -> warning.startsWith("Nothing is shown on this page, because Proofpoint"));
        assertThat(waiting.getString("summary")).startsWith("Nothing can be shown on this page yet");
    }

    @Test
    void readsASourceOnWhereItsFirstAnswerDoesNotFillThePage() {
        // given
        FakeSources.server("archive")
                .stubFor(get(urlPathEqualTo("/traces"))
                        .willReturn(FakeSources.json(FakeSources.answer(
                                "archive", "ANSWERED", delivered("a1", Duration.ofHours(1)), ", \"next\": \"more\""))));
        FakeSources.server("archive")
                .stubFor(get(urlPathEqualTo("/traces"))
                        .withQueryParam("cursor", equalTo("more"))
                        .willReturn(FakeSources.json(FakeSources.answer(
                                "archive",
                                "ANSWERED",
                                delivered("a2", FIVE_HOURS).replace(ID, "<second@contoso.example>"),
                                ""))));

        // when
        JsonPath answer = ask(Map.of("recipient", ANA)).jsonPath();

        // then
        assertThat(answer.getList("traces.messageId")).containsExactly(ID, "<second@contoso.example>");
        assertThat(answer.getString("page.next")).isNull();
        assertThat(answer.getBoolean("complete")).isTrue();
    }

    @Test
    void asksOurOwnCloudBeforeItCallsAHostAnotherOrganisations() {
        // given
        String bob = "bob@contoso.example";
        String handed = FakeSources.observation(
                "p1",
                FIVE_HOURS,
                ID,
                FakeSources.recipient(
                        bob,
                        "PASSED_ON",
                        FIVE_HOURS,
                        ", \"nextHop\": {\"host\": \"contoso-example.mail.protection.outlook.com\","
                                + " \"reply\": \"250 ok\"}"));
        FakeSources.answers("proofpoint", "ANSWERED", handed);

        // when
        JsonPath looked = ask(Map.of("recipient", bob)).jsonPath();

        // then
        assertThat(looked.getString("traces[0].recipients[0].outcome")).isEqualTo("HANDED_OFF");
        FakeSources.server("exchange-online")
                .verify(getRequestedFor(urlPathEqualTo("/traces")).withQueryParam("messageId", equalTo(ID)));

        // and when
        FakeSources.answers("exchange-online", "FAILED", "");
        JsonPath away = ask(Map.of("recipient", bob)).jsonPath();

        // then
        assertThat(away.getString("traces[0].recipients[0].outcome")).isEqualTo("UNDETERMINED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/traces?recipient=ana@rivercounty.example", "/sources"})
    void wantsATokenWithARole(String path) {
        assertThat(given().get(path).statusCode()).isEqualTo(401);
        Response noRole = given().auth()
                .oauth2(OidcWiremockTestResource.getAccessToken("nobody", Set.of()))
                .get(path);
        assertThat(noRole.statusCode()).isEqualTo(403);
        assertThat(noRole.contentType()).startsWith("application/problem+json");
    }

    private static String delivered(String id, Duration ago) {
        return FakeSources.observation(id, ago, ID, FakeSources.recipient(ANA, "DELIVERED", ago, ""));
    }

    private static String passedOn(String id, Duration ago) {
        return FakeSources.observation(
                id,
                ago,
                ID,
                FakeSources.recipient(
                        ANA,
                        "PASSED_ON",
                        ago,
                        ", \"nextHop\": {\"host\": \"rivercounty.mail.protection.outlook.com\", \"reply\": \"250 ok\"}"));
    }

    private static String stateOf(Response answer, String source) {
        return answer.jsonPath().getString("sources.find { it.source == '" + source + "' }.state");
    }

    private static Response ask(Map<String, String> question) {
        return asReader().queryParams(question).get("/traces");
    }

    private static Response post(String body) {
        return asReader().contentType("application/json").body(body).post("/traces/search");
    }

    private static RequestSpecification asReader() {
        return given().auth().oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")));
    }
}
