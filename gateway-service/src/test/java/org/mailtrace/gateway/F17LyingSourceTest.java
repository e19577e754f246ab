package org.mailtrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.HelpDesk.ANA;
import static org.mailtrace.gateway.HelpDesk.FIVE_HOURS;
import static org.mailtrace.gateway.HelpDesk.ID;
import static org.mailtrace.gateway.HelpDesk.assertNamed;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a source says is well-formed, and cannot be true. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F17: sources that lie")
class F17LyingSourceTest {
    private static final String OTHER = "<other@fabrikam.example>";

    @BeforeEach
    void isCalm() {
        HelpDesk.isCalm();
    }

    @AfterEach
    void leavesNothingBehind() {
        FakeSources.allEmpty();
    }

    static Stream<Arguments> strangeRows() {
        String strangers = FakeSources.observation(
                "x1", FIVE_HOURS, OTHER, FakeSources.recipient("eve@fabrikam.example", "DELIVERED", FIVE_HOURS, ""));
        String old = FakeSources.observation(
                "x2", Duration.ofDays(40), OTHER, FakeSources.recipient(ANA, "DELIVERED", Duration.ofDays(40), ""));
        String otherId = FakeSources.observation(
                "x3", FIVE_HOURS, OTHER, FakeSources.recipient(ANA, "DELIVERED", FIVE_HOURS, ""));
        return Stream.of(
                Arguments.of("another tenant's", Map.of("recipient", ANA), strangers),
                Arguments.of("of another sender", Map.of("sender", "eve@fabrikam.example"), otherId),
                Arguments.of("of another time", Map.of("recipient", ANA), old),
                Arguments.of("of another id", Map.of("messageId", ID), otherId),
                Arguments.of("of another subject", Map.of("recipient", ANA, "subject", "annual"), otherId));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangeRows")
    void rowsThatNobodyAskedForAreNotShownAndProveNoAbsence(String what, Map<String, String> question, String strange) {
        // given
        FakeSources.answers("proofpoint", "ANSWERED", strange);

        // when
        Response answer = HelpDesk.ask(question);

        // then
        assertNamed(answer, "proofpoint", "Proofpoint", "FAILED");
        assertThat(answer.jsonPath().getList("traces")).isEmpty();
        assertThat(answer.asString()).doesNotContain("x1", "x2", "x3", "other@fabrikam.example");
    }

    @Test
    void strangeRowsAmongRightOnesAreLeftOut() {
        // given
        String strangers = FakeSources.observation(
                "x1", FIVE_HOURS, OTHER, FakeSources.recipient("eve@fabrikam.example", "DELIVERED", FIVE_HOURS, ""));
        FakeSources.answers("archive", "ANSWERED", HelpDesk.delivered("a1") + "," + strangers);

        // when
        Response answer = HelpDesk.ask();

        // then
        assertThat(answer.jsonPath().getList("traces.messageId")).isEqualTo(List.of(ID));
        assertThat(answer.asString()).doesNotContain("fabrikam");
    }

    @Test
    void aPartThatDidNotLookIsBelievedMoreThanTheWhole() {
        // given
        FakeSources.does(
                "proofpoint",
                FakeSources.json(FakeSources.answer("proofpoint", "ANSWERED", "", "")
                        .replace(
                                "\"parts\": []",
                                "\"parts\": [{\"name\": \"one\", \"state\": \"ANSWERED\"},"
                                        + " {\"name\": \"two\", \"state\": \"FAILED\"}]")));

        // then
        assertNamed(HelpDesk.ask(), "proofpoint", "Proofpoint", "PARTIAL");
    }

    @Test
    void nothingIsProvenBeyondWhatWasSearched() {
        // given
        FakeSources.does(
                "proofpoint",
                FakeSources.json(FakeSources.answer(
                        "proofpoint",
                        "ANSWERED",
                        "",
                        ", \"searchedTo\": \"" + Instant.now().minus(Duration.ofHours(3)) + "\"")));

        // then
        assertNamed(HelpDesk.ask(), "proofpoint", "Proofpoint", "ANSWERED");
    }

    @Test
    void nothingIsProvenAboutTheFuture() {
        // given
        FakeSources.does(
                "proofpoint",
                FakeSources.json(FakeSources.answer("proofpoint", "ANSWERED", "", "")
                        .replaceFirst(
                                "\"absenceProvenUntil\": \"[^\"]+\"",
                                "\"absenceProvenUntil\": \"+1000000000-12-31T23:59:59Z\"")));

        // then
        assertNamed(HelpDesk.ask(), "proofpoint", "Proofpoint", "ANSWERED");
    }

    @Test
    void anotherMessageThanTheOneLookedUpIsNotShown() {
        // given
        HelpDesk.archiveHasARow();
        String id = HelpDesk.ask().jsonPath().getString("traces[0].id");
        FakeSources.does("archive", FakeSources.json(HelpDesk.delivered("another")));

        // when
        Response answer = HelpDesk.asReader().get("/traces/{id}", id);

        // then
        assertNamed(answer, "archive", "Archive", "FAILED");
        assertThat(answer.jsonPath().getList("traces")).isEmpty();
        assertThat(answer.asString()).doesNotContain("another");
    }
}
