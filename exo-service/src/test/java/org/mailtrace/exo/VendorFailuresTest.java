package org.mailtrace.exo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.exo.words.Words;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@DisplayName("F12 and F15 to F18, through the service's door")
class VendorFailuresTest {
    private static final String ANA = "ana@rivercounty.example";
    private static final Map<String, String> FOR_ANA = Map.of("recipient", ANA);

    @BeforeEach
    void healthyVendor() {
        FakeGraph.reset();
        Asking.untilAnswered();
        forgetEarlierFailures();
        FakeGraph.reset();
    }

    /** The breaker judges by its last six attempts, whichever test made them. */
    private static void forgetEarlierFailures() {
        for (int i = 0; i < 6; i++) {
            Asking.ask(Map.of("recipient", "nobody@rivercounty.example"));
        }
    }

    @AfterEach
    void vendorIsBack() {
        FakeGraph.reset();
        Asking.untilAnswered();
    }

    @Test
    void namesAMissingPermission() {
        // given
        FakeGraph.tracesAnswer(aResponse()
                .withStatus(403)
                .withBody("{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"no\"}}"));

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("DENIED");
        assertThat(answer.getString("searchedFrom")).isNull();
        assertThat(answer.getString("searchedTo")).isNull();
        assertThat(answer.getString("explanation")).isEqualTo(Words.PERMISSION_MISSING);
        assertThat(Asking.get("/source").getString("credentials")).isEqualTo("REFUSED");
        assertThat(FakeGraph.listRequests()).isEqualTo(1);
    }

    @Test
    void namesTheMissingServicePrincipalWithoutTryingANewToken() {
        // given
        FakeGraph.tracesAnswer(
                aResponse()
                        .withStatus(401)
                        .withBody(
                                "{\"error\":{\"code\":\"Unauthorized\",\"message\":\"Service principal-less Authentication failed: the"
                                        + " service principal for App ID 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373 was not found.\"}}"));

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("DENIED");
        assertThat(answer.getString("explanation")).isEqualTo(Words.SERVICE_PRINCIPAL_MISSING);
        assertThat(FakeGraph.listRequests()).isEqualTo(1);
        assertThat(FakeGraph.tokenRequests()).isZero();
    }

    @Test
    void triesOneNewTokenAfterARefusedOne() {
        // given
        FakeGraph.tracesAnswer(aResponse()
                .withStatus(401)
                .withBody("{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"expired\"}}"));

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("DENIED");
        assertThat(answer.getString("explanation")).isEqualTo(Words.TOKEN_REFUSED);
        assertThat(FakeGraph.listRequests()).isEqualTo(2);
        assertThat(FakeGraph.tokenRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "7000222,expired",
        "7000215,wrong",
        "700016,does not know the application",
        "700024,clock",
        "700027,mailtrace.exo.client-certificate",
        "500011,mailtrace.exo.scope",
        "50034,AADSTS50034"
    })
    void saysWhatTheAdministratorHasToDoAboutARefusedSignIn(String number, String said) {
        // given
        FakeGraph.tracesAnswer(aResponse().withStatus(401));
        FakeGraph.tokenAnswers(aResponse()
                .withStatus(401)
                .withBody("{\"error\":\"invalid_client\",\"error_description\":\"AADSTS" + number
                        + ": text that names tenant 4711 and is not shown\"}"));

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("DENIED");
        assertThat(answer.getString("explanation")).contains(said).doesNotContain("4711");
    }

    @Test
    void passesOnHowLongTheQuotaIsSpentAndAsksNothingMeanwhile() {
        // given
        FakeGraph.tracesAnswer(aResponse().withStatus(429).withHeader("Retry-After", "2"));

        // when
        JsonPath first = Asking.ask(FOR_ANA);
        JsonPath second = Asking.ask(FOR_ANA);

        // then
        assertThat(first.getString("state")).isEqualTo("THROTTLED");
        assertThat(first.getInt("retryAfterSeconds")).isEqualTo(2);
        assertThat(second.getString("state")).isEqualTo("THROTTLED");
        assertThat(second.getInt("retryAfterSeconds")).isBetween(1, 2);
        assertThat(Asking.get("/source").getInt("quotaRemaining")).isZero();
        assertThat(FakeGraph.listRequests()).isEqualTo(1);
    }

    @Test
    void namesAPauseOfItsOwnWhenTheVendorNamesNone() {
        // given
        FakeGraph.tracesAnswer(aResponse().withStatus(429));

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("THROTTLED");
        assertThat(answer.getInt("retryAfterSeconds")).isBetween(1, 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>Service unavailable</html>",
                "{\"value\":[",
                "{}",
                "{\"value\":null}",
                "{\"value\":{}}",
                "",
                "[]"
            })
    void neverTakesAnUnusableAnswerForAnEmptyList(String body) {
        // given
        FakeGraph.tracesAnswer(aResponse().withBody(body));

        // then
        assertThat(Asking.ask(FOR_ANA).getString("state")).isEqualTo("FAILED");
    }

    @Test
    void refusesToReadEndlesslyNestedJson() {
        // given
        FakeGraph.tracesAnswer(aResponse().withBody("{\"value\":" + "[".repeat(100_000)));

        // then
        assertThat(Asking.ask(FOR_ANA).getString("state")).isEqualTo("FAILED");
    }

    @Test
    void saysThatTheVendorWasTooSlow() {
        // given
        FakeGraph.tracesAnswer(aResponse().withFixedDelay(3000).withBody(FakeGraph.page("")));

        // then
        assertThat(Asking.ask(FOR_ANA).getString("state")).isEqualTo("TIMED_OUT");
    }

    @Test
    void cutsABodyThatNeverEnds() {
        // given
        FakeGraph.tracesAnswer(aResponse().withChunkedDribbleDelay(50, 60_000).withBody(FakeGraph.page("")));

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("TIMED_OUT");
        assertThat(answer.getLong("tookMs")).isLessThan(15_000);
    }

    @Test
    void opensTheCircuitAndStopsAsking() {
        // given
        FakeGraph.tracesAnswer(aResponse().withStatus(503));

        // then: on a slow machine the short pause of the breaker may be over before the next line, so it is tried again
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(Asking.ask(FOR_ANA).getString("state")).isEqualTo("CIRCUIT_OPEN");
            int before = FakeGraph.listRequests();
            assertThat(Asking.ask(FOR_ANA).getString("state")).isEqualTo("CIRCUIT_OPEN");
            assertThat(Asking.get("/source").getString("circuit")).isEqualTo("OPEN");
            assertThat(FakeGraph.listRequests()).isEqualTo(before);
        });
    }

    @Test
    void followsPagesToTheLastOne() {
        // given
        FakeGraph.tracesAnswer(aResponse().withBody(FakeGraph.page(FakeGraph.nextLink("two"), row())));
        FakeGraph.pageAt("two", FakeGraph.page(FakeGraph.nextLink("three")));
        FakeGraph.pageAt("three", FakeGraph.page("", row(), row()));

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getList("observations")).hasSize(3);
    }

    @Test
    void keepsWhatItReadWhenPagesGoInACircle() {
        // given
        FakeGraph.tracesAnswer(aResponse().withBody(FakeGraph.page(FakeGraph.nextLink("two"), row())));
        FakeGraph.pageAt("two", FakeGraph.page(FakeGraph.nextLink("two"), row()));

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("FAILED");
        assertThat(answer.getString("explanation")).isEqualTo(Words.PAGES_IN_A_CIRCLE);
        assertThat(answer.getList("observations")).hasSize(2);
        assertThat(answer.getString("absenceProvenUntil")).isNull();
    }

    @Test
    void neverFollowsANextPageElsewhere() {
        // given
        FakeGraph.tracesAnswer(aResponse().withBody(FakeGraph.page("https://evil.example" + FakeGraph.TRACES, row())));

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("FAILED");
        assertThat(answer.getString("explanation")).isEqualTo(Words.PAGE_ELSEWHERE);
        assertThat(answer.getList("observations")).hasSize(1);
    }

    @Test
    void saysThatRowsAreMissingWhenThereAreTooManyPages() {
        // given
        FakeGraph.tracesAnswer(aResponse().withBody(FakeGraph.page(FakeGraph.nextLink("two"), row())));
        FakeGraph.pageAt("two", FakeGraph.page(FakeGraph.nextLink("three"), row()));
        FakeGraph.pageAt("three", FakeGraph.page(FakeGraph.nextLink("four"), row()));

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("TRUNCATED");
        assertThat(answer.getList("observations")).hasSize(3);
        assertThat(FakeGraph.listRequests()).isEqualTo(3);
    }

    @Test
    void saysThatOnlyPartWasAnsweredWhenOneOfSeveralRequestsFails() {
        // given
        FakeGraph.tracesWith("ana@rivercounty.example", row());
        FakeGraph.tracesWith("ben@rivercounty.example", aResponse().withStatus(503));

        // when
        JsonPath answer = Asking.ask(Map.of("recipient", ANA + ",ben@rivercounty.example"));

        // then
        assertThat(answer.getString("state")).isIn("PARTIAL", "FAILED");
        assertThat(answer.getString("explanation")).isNotBlank();
    }

    @Test
    void saysThatARowCouldNotBeRead() {
        // given
        FakeGraph.tracesAre(row(), "{\"id\":\"without anything else\"}");

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("PARTIAL");
        assertThat(answer.getString("explanation")).isEqualTo(Words.UNREADABLE_ROWS);
        assertThat(answer.getList("observations")).hasSize(1);
    }

    @Test
    void keepsTheRowsWhenTheirEventsCannotBeRead() {
        // given
        FakeGraph.tracesAre(row());
        FakeGraph.detailsAnswer(aResponse().withStatus(500));

        // when
        JsonPath answer = Asking.ask(FOR_ANA);

        // then
        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getBoolean("observations[0].detailsFetched")).isFalse();
        assertThat(answer.getString("observations[0].recipients[0].explanation"))
                .contains("folder was not checked");
        assertThat(answer.getString("warnings[0]")).contains("could not be read");
    }

    private static String row() {
        return FakeGraph.row(
                UUID.randomUUID().toString(),
                Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS),
                ANA,
                "delivered");
    }
}
