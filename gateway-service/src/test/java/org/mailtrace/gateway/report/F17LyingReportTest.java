package org.mailtrace.gateway.report;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.HelpDesk;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.http.guard.SourceFailure;

/** What a source gives in a report of its own is believed no further than what it answers at once. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F17: reports that lie")
class F17LyingReportTest {
    private static final Duration FIVE_HOURS = Duration.ofHours(5);

    @Inject
    Desk desk;

    @BeforeEach
    void isCalm() {
        HelpDesk.isCalm();
    }

    @AfterEach
    void leavesNothingBehind() {
        FakeSources.allEmpty();
    }

    @Test
    void rowsThatNobodyAskedForProveNoAbsence() {
        reported(FakeSources.answer(
                "archive",
                "ANSWERED",
                FakeSources.observation(
                        "x1",
                        FIVE_HOURS,
                        "<other@fabrikam.example>",
                        FakeSources.recipient("eve@fabrikam.example", "DELIVERED", FIVE_HOURS, "")),
                ""));

        assertThatThrownBy(this::read).isInstanceOf(SourceFailure.class).hasMessageContaining("not asked for");
    }

    @Test
    void aRowOfAnImpossibleTimeIsAFailureOfTheSourceAndBreaksNothingElse() {
        reported(FakeSources.answer("archive", "ANSWERED", HelpDesk.delivered("a1"), "")
                .replaceFirst("\"firstSeen\": \"[^\"]+\"", "\"firstSeen\": \"+1000000000-12-31T23:59:59Z\""));

        assertThatThrownBy(this::read).isInstanceOf(SourceFailure.class).hasMessageContaining("time that cannot be");
    }

    @Test
    void aPartThatDidNotLookIsBelievedMoreThanTheWhole() {
        reported(FakeSources.answer("archive", "ANSWERED", "", "")
                .replace(
                        "\"parts\": []",
                        "\"parts\": [{\"name\": \"one\", \"state\": \"ANSWERED\"},"
                                + " {\"name\": \"two\", \"state\": \"FAILED\"}]"));

        assertThat(read().state()).isEqualTo(SourceState.PARTIAL);
    }

    @Test
    void nothingIsProvenAboutTheFuture() {
        reported(FakeSources.answer("archive", "ANSWERED", "", "")
                .replaceFirst(
                        "\"absenceProvenUntil\": \"[^\"]+\"",
                        "\"absenceProvenUntil\": \"" + Instant.now().plus(Duration.ofDays(3)) + "\""));

        assertThat(read().absenceProvenUntil().orElseThrow()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void anotherSourcesAnswerIsNone() {
        reported(FakeSources.answer("proofpoint", "ANSWERED", "", ""));

        assertThatThrownBy(this::read).isInstanceOf(SourceFailure.class).hasMessageContaining("cannot be read");
    }

    private static void reported(String body) {
        FakeSources.server("archive")
                .stubFor(get(urlPathEqualTo("/reports/r1/observations")).willReturn(FakeSources.json(body)));
    }

    private SourceAnswer read() {
        Question question = Flow.question(
                Optional.empty(),
                List.of(new AddressPattern(Flow.ANA)),
                Instant.now().minus(Duration.ofDays(1)),
                Instant.now());
        return desk.read("archive", "r1", question, new Caller("Bearer synthetic", "f17"));
    }
}
