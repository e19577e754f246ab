package org.mailtrace.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.HelpDesk.assertNamed;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F15: 429 without Retry-After, 502, 503")
class F15ThrottledSourceTest {
    @BeforeEach
    void isCalm() {
        HelpDesk.isCalm();
    }

    @AfterEach
    void leavesNothingBehind() {
        FakeSources.allEmpty();
    }

    @Test
    void asksOnceForEachQuestionWhereNothingIsSaidAboutWaiting() {
        // given
        FakeSources.does("proofpoint", aResponse().withStatus(429));

        // when
        for (int i = 0; i < 5; i++) {
            assertNamed(HelpDesk.ask(), "proofpoint", "Proofpoint", "THROTTLED");
        }

        // then
        assertThat(FakeSources.questions("proofpoint")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503})
    void neverRepeatsWhatABrokenDoorRefused(int status) {
        // given
        FakeSources.does(
                "proofpoint",
                aResponse().withStatus(status).withHeader("Retry-After", "1").withBody("<html>Bad gateway</html>"));

        // when
        for (int i = 0; i < 5; i++) {
            assertNamed(HelpDesk.ask(), "proofpoint", "Proofpoint", "FAILED", "CIRCUIT_OPEN");
        }

        // then
        assertThat(FakeSources.questions("proofpoint")).isLessThanOrEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 414})
    void aRefusalOfTheQuestionItselfIsNoOutage(int status) {
        // given
        FakeSources.does("proofpoint", aResponse().withStatus(status).withBody("<html>Bad request</html>"));

        // when
        for (int i = 0; i < 10; i++) {
            assertNamed(HelpDesk.ask(), "proofpoint", "Proofpoint", "CANNOT_ANSWER");
        }

        // then
        assertThat(FakeSources.questions("proofpoint"))
                .as("its circuit stays closed")
                .isEqualTo(10);
    }

    @Test
    void doesNotBelieveThatItShouldWaitForDays() {
        // given
        FakeSources.does("proofpoint", FakeSources.json("""
                {"source": "proofpoint", "state": "THROTTLED", "tookMs": 1, "retryAfterSeconds": 99999999999,
                 "parts": [], "warnings": [], "observations": []}
                """));

        // then
        assertThat(HelpDesk.ask().jsonPath().getInt("sources.find { it.source == 'proofpoint' }.retryAfterSeconds"))
                .isEqualTo(86_400);
    }
}
