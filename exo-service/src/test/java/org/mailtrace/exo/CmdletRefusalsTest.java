package org.mailtrace.exo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.contract.SourceState;
import org.mailtrace.exo.cmdlet.CmdletFixture;
import org.mailtrace.exo.cmdlet.CmdletOutput;
import org.mailtrace.exo.cmdlet.CmdletRefusedException;
import org.mailtrace.exo.cmdlet.Cmdlets;
import org.mailtrace.exo.rows.Rows;
import org.mailtrace.exo.rows.TraceFilter;
import org.mailtrace.exo.token.TokenFixture;
import org.mailtrace.exo.wire.Wire;
import org.mailtrace.exo.wire.WireFixture;
import org.mailtrace.http.guard.SourceFailure;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
class CmdletRefusalsTest {
    private Vendor vendor;

    @BeforeEach
    void start() {
        vendor = new Vendor();
    }

    @AfterEach
    void stop() {
        vendor.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "403;'';DENIED;Exchange.ManageAsApp",
                "403;{\"error\":{\"message\":\"x\"}};DENIED;a role",
                "400;Ex1|A.CommandNotFoundException|The term 'Get-X' is not recognized as the name of a"
                        + " cmdlet.;DENIED;a role",
                "405;'';CANNOT_ANSWER;mailtrace.exo.exchange-url",
                "404;'';CANNOT_ANSWER;mailtrace.exo.exchange-url",
                "404;Ex2|B|The operation couldn't be performed.;CANNOT_ANSWER;refused the command",
                "400;|C|Invalid StartDate value. The StartDate can't be older than 90 days from"
                        + " today.;OUT_OF_RETENTION;90 days",
                "500;'';FAILED;failed"
            })
    void saysWhatARefusalMeans(int status, String text, String state, String said) {
        // given
        String body = text.contains("|")
                ? "{\"error\":{\"code\":\"NotFound\",\"message\":\"Error executing cmdlet\",\"details\":[{\"message\":\""
                        + text + "\"}]}}"
                : text;
        vendor.answers(Interface.CMDLET, aResponse().withStatus(status).withBody(body));

        // when
        Rows rows = vendor.client(Interface.CMDLET, Map.of()).rows(Vendor.filter(), vendor.errand());

        // then
        assertThat(rows.ending()).map(SourceFailure::state).contains(SourceState.valueOf(state));
        assertThat(rows.ending().orElseThrow()).hasMessageContaining(said);
    }

    @Test
    void givesTheTextAfterTheLastBarToWhoKnowsTheCmdlet() {
        // given
        vendor.answers(
                Interface.CMDLET,
                aResponse()
                        .withStatus(400)
                        .withBody("{\"error\":{\"details\":[{\"message\":\"Ex6F9304|A.B.C|Not that | but this.\"}]}}"));

        // then
        assertThatThrownBy(
                        () -> cmdlets().invoke("Start-HistoricalSearch", Map.of("ReportTitle", "x"), vendor.errand()))
                .cause()
                .isInstanceOfSatisfying(
                        CmdletRefusedException.class, e -> assertThat(e.text()).isEqualTo("but this."))
                .hasMessageNotContaining("but this");
    }

    @Test
    void readsAgainAndNeverChangesTwice() {
        // given
        vendor.answers(Interface.CMDLET, aResponse().withFault(Fault.EMPTY_RESPONSE));

        // when
        assertThatThrownBy(() -> cmdlets().invoke("Get-HistoricalSearch", Map.of(), vendor.errand()))
                .isInstanceOf(SourceFailure.class);
        int reads = vendor.requests(Interface.CMDLET);
        assertThatThrownBy(() -> cmdlets().invoke("Start-HistoricalSearch", Map.of(), vendor.errand()))
                .isInstanceOf(SourceFailure.class);

        // then
        assertThat(reads).isEqualTo(2);
        assertThat(vendor.requests(Interface.CMDLET)).isEqualTo(3);
    }

    @Test
    void leavesOutTypeMarksAndReadsWarningsFromBothPlaces() {
        // given
        vendor.answers(
                Interface.CMDLET,
                aResponse()
                        .withHeader("X-Warnings", "from the header")
                        .withBody("{\"@adminapi.warnings\":[\"from the body\"],\"adminapi.warnings@odata.type\":\"x\","
                                + "\"value\":[{\"JobId@data.type\":\"System.Guid\",\"JobId\":\"7\",\"A@odata.type\":\"y\","
                                + "\"A\":[]}]}"));

        // when
        CmdletOutput output = cmdlets().invoke("Get-HistoricalSearch", Map.of(), vendor.errand());

        // then
        assertThat(output.warnings()).containsExactly("from the body", "from the header");
        assertThat(output.rows()).hasToString("[{\"JobId\":\"7\",\"A\":[]}]");
        assertThat(output.toString()).doesNotContain("from the", "JobId");
    }

    @Test
    void asksNothingByTextThatCannotBeSearchedFor() {
        // given
        TraceFilter filter = new TraceFilter(
                Vendor.FROM,
                Vendor.TO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of("line\u2028separator"));

        // then
        for (Interface by : Interface.values()) {
            assertThat(vendor.client(by, Map.of()).rows(filter, vendor.errand()).ending())
                    .map(SourceFailure::state)
                    .contains(SourceState.CANNOT_ANSWER);
            assertThat(vendor.requests(by)).isZero();
        }
    }

    private Cmdlets cmdlets() {
        Clock clock = Clock.systemUTC();
        Map<String, String> settings = vendor.settings(Map.of());
        Wire wire = WireFixture.wire(Map.of());
        return CmdletFixture.cmdlets(
                settings,
                wire,
                TokenFixture.tokens(settings, wire, vendor.watch(), clock),
                vendor.watch(),
                vendor.budget(),
                clock);
    }
}
