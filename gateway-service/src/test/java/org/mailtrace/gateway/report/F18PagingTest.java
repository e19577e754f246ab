package org.mailtrace.gateway.report;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailtrace.gateway.HelpDesk.ANA;
import static org.mailtrace.gateway.HelpDesk.assertNamed;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.gateway.HelpDesk;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F18: pages of a source in a circle, without an end, or empty")
class F18PagingTest {
    private final String reader = "reader-" + UUID.randomUUID();

    @BeforeEach
    void isCalm() {
        HelpDesk.isCalm();
    }

    @AfterEach
    void leavesNothingBehind() {
        FakeSources.allEmpty();
    }

    @Test
    void anEmptyPageThatNamesANextOneProvesNoAbsence() {
        // given
        FakeSources.does("proofpoint", FakeSources.json(page("", "more")));

        // then
        assertNamed(HelpDesk.ask(), "proofpoint", "Proofpoint", "ANSWERED");
    }

    @Test
    void aReportFollowsAnEmptyPageToTheNextOne() {
        // given
        first(page("", "two"));
        at("two", page(HelpDesk.delivered("p1"), ""));

        // when
        JsonPath report = ended();

        // then
        assertThat(report.getString("status")).isEqualTo("COMPLETE");
        assertThat(report.getInt("traces")).isEqualTo(1);
    }

    @Test
    void aPageThatComesAgainEndsAReportAndKeepsWhatWasRead() {
        // given
        first(page(HelpDesk.delivered("p1"), "two"));
        at("two", page(HelpDesk.delivered("p1"), "two"));

        // when
        JsonPath report = ended();

        // then
        assertThat(report.getString("status")).isEqualTo("INCOMPLETE");
        assertThat(report.getString("sources.find { it.source == 'proofpoint' }.state"))
                .isEqualTo("TRUNCATED");
        assertThat(report.getInt("traces")).isEqualTo(1);
        assertThat(FakeSources.questions("proofpoint")).isLessThan(6);
    }

    @Test
    void aCircleOfPagesEndsAReportSoonerThanThePagesItMayHave() {
        // given
        first(page(HelpDesk.delivered("p1"), "c0"));
        for (int i = 0; i < 5; i++) {
            at("c" + i, page("", "c" + (i + 1) % 5));
        }

        // when
        JsonPath report = ended();

        // then
        assertThat(report.getString("status")).isEqualTo("INCOMPLETE");
        assertThat(report.getInt("traces")).isEqualTo(1);
        assertThat(FakeSources.questions("proofpoint")).isLessThan(30);
    }

    private static void first(String page) {
        FakeSources.does("proofpoint", FakeSources.json(page));
    }

    private static void at(String cursor, String page) {
        FakeSources.server("proofpoint")
                .stubFor(get(urlPathEqualTo("/traces"))
                        .withQueryParam("cursor", equalTo(cursor))
                        .willReturn(FakeSources.json(page)));
    }

    private static String page(String rows, String next) {
        return FakeSources.answer("proofpoint", "ANSWERED", rows, next.isEmpty() ? "" : ", \"next\": \"" + next + "\"");
    }

    private JsonPath ended() {
        Response accepted = asReader()
                .contentType("application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .body("{\"recipient\": [\"" + ANA + "\"]}")
                .post("/traces/reports");
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !Set.of("QUEUED", "RUNNING")
                        .contains(asReader()
                                .get(accepted.header("Location"))
                                .jsonPath()
                                .getString("status")));
        return asReader().get(accepted.header("Location")).jsonPath();
    }

    private RequestSpecification asReader() {
        return RestAssured.given()
                .auth()
                .oauth2(OidcWiremockTestResource.getAccessToken(reader, Set.of("trace-reader")));
    }
}
