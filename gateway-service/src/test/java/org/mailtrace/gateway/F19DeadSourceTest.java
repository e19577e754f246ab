package org.mailtrace.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mailtrace.gateway.HelpDesk.assertNamed;
import static org.mailtrace.gateway.HelpDesk.stateOf;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F19: one source down, all down, one slow, one flapping")
class F19DeadSourceTest {
    /** Half of the last six, which were good before. */
    private static final int FAILURES_TO_OPEN = 3;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void isCalm() {
        HelpDesk.isCalm();
    }

    @AfterEach
    void leavesNothingBehind() {
        FakeSources.allEmpty();
    }

    @Test
    void opensAfterThreeFailuresAsksNoMoreAndHalfOpensWithOneProbe() throws Exception {
        // given
        FakeSources.answers("proofpoint", "ANSWERED", HelpDesk.delivered("p1"));
        FakeSources.does("archive", aResponse().withStatus(500));
        double openedBefore = opened();

        // when
        List<String> states = IntStream.range(0, FAILURES_TO_OPEN)
                .mapToObj(i -> stateOf(HelpDesk.ask(), "archive"))
                .toList();
        Response next = HelpDesk.ask();
        String circuit = HelpDesk.circuitOf("archive");

        // then
        assertThat(states).containsOnly("FAILED");
        assertNamed(next, "archive", "Archive", "CIRCUIT_OPEN");
        assertThat(next.jsonPath().getList("traces")).hasSize(1);
        assertThat(circuit).isEqualTo("OPEN");
        assertThat(next.jsonPath().getString("sources.find { it.source == 'archive' }.circuit"))
                .isEqualTo("OPEN");
        assertThat(asked()).isEqualTo(FAILURES_TO_OPEN);
        assertThat(opened() - openedBefore).isEqualTo(1);

        // and given that it takes long to fail
        FakeSources.does("archive", aResponse().withStatus(500).withFixedDelay(1_000));

        // when many ask until one of them is let through
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            HelpDesk.crowd(8);
            return asked() > 0;
        });

        // then
        assertThat(asked()).isEqualTo(1);
        assertThat(HelpDesk.circuitOf("archive")).isEqualTo("OPEN");

        // and given
        FakeSources.answers("archive", "ANSWERED", "");

        // then
        await().atMost(Duration.ofMinutes(1))
                .until(() -> stateOf(HelpDesk.ask(), "archive").equals("ANSWERED"));
        assertThat(HelpDesk.circuitOf("archive")).isEqualTo("CLOSED");
    }

    @Test
    void asksAtOnceAgainAfterAnOperatorResetTheCircuitAndNotBefore() {
        // given
        openItsCircuit();
        FakeSources.answers("archive", "ANSWERED", HelpDesk.delivered("a1"));
        FakeSources.knowsReset("archive");
        assertThat(stateOf(HelpDesk.ask(), "archive")).isEqualTo("CIRCUIT_OPEN");

        // when
        Response reset = HelpDesk.asReader().post("/sources/archive/circuit/reset");
        Response next = HelpDesk.ask();

        // then
        assertThat(reset.statusCode()).as(reset.asString()).isEqualTo(200);
        assertThat(reset.jsonPath().getString("source")).isEqualTo("archive");
        assertThat(reset.jsonPath().getString("state")).isEqualTo("ANSWERED");
        assertThat(reset.jsonPath().getString("circuit")).isEqualTo("CLOSED");
        assertThat(reset.jsonPath().getString("vendor.circuit")).isEqualTo("CLOSED");
        assertThat(stateOf(next, "archive")).isEqualTo("ANSWERED");
        assertThat(next.jsonPath().getList("traces")).hasSize(1);
        assertThat(asked()).isEqualTo(1);
    }

    @Test
    void saysThatOnlyItsOwnCircuitIsResetWhileTheSourceIsStillDead() {
        // given
        openItsCircuit();
        FakeSources.front("archive").suffer(client -> {});

        // when
        Response reset = HelpDesk.asReader().post("/sources/archive/circuit/reset");

        // then
        assertThat(reset.statusCode()).as(reset.asString()).isEqualTo(200);
        assertThat(reset.jsonPath().getString("state")).isEqualTo("FAILED");
        assertThat(reset.jsonPath().getString("circuit")).isEqualTo("CLOSED");
        assertThat(reset.jsonPath().getString("explanation"))
                .startsWith("The gateway's own circuit towards Archive is reset.")
                .endsWith("reset again.");
        assertThat(stateOf(HelpDesk.ask(), "archive")).isEqualTo("FAILED");
    }

    @Test
    void aServiceThatCannotResetIsNoOutage() {
        // given
        openItsCircuit();
        FakeSources.answers("archive", "ANSWERED", "");
        FakeSources.server("archive")
                .stubFor(post(anyUrl()).willReturn(aResponse().withStatus(404)));

        // when
        Response reset = HelpDesk.asReader().post("/sources/archive/circuit/reset");

        // then
        assertThat(reset.jsonPath().getString("state")).isEqualTo("CANNOT_ANSWER");
        assertThat(reset.jsonPath().getString("circuit")).isEqualTo("CLOSED");
        assertThat(stateOf(HelpDesk.ask(), "archive")).isEqualTo("ANSWERED");
    }

    @Test
    void resetsACircuitForOperatorsAloneAndOnlyOfASourceThatThereIs() {
        // when
        Response reader = as("trace-reader").post("/sources/archive/circuit/reset");
        Response auditor = as("trace-auditor").post("/sources/archive/circuit/reset");
        Response anonymous = given().post("/sources/archive/circuit/reset");
        Response unknown = as("trace-operator").post("/sources/attic/circuit/reset");
        Response strange = as("trace-operator").queryParam("force", "true").post("/sources/archive/circuit/reset");

        // then
        assertThat(List.of(reader.statusCode(), auditor.statusCode())).containsOnly(403);
        assertThat(anonymous.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.jsonPath().getString("detail"))
                .contains("archive, exchange-online, onprem-exchange, proofpoint");
        assertThat(strange.statusCode()).isEqualTo(400);
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(OidcWiremockTestResource.getAccessToken("somebody-" + role, Set.of(role)));
    }

    private static void openItsCircuit() {
        FakeSources.does("archive", aResponse().withStatus(500));
        for (int i = 0; i < FAILURES_TO_OPEN; i++) {
            HelpDesk.ask();
        }
        assertThat(stateOf(HelpDesk.ask(), "archive")).isEqualTo("CIRCUIT_OPEN");
        FakeSources.server("archive").resetRequests();
    }

    @Test
    void sixtyRequestsWithADeadSourceAreAllAnsweredInTimeAndAllNameIt() throws Exception {
        // given
        HelpDesk.archiveHasARow();
        FakeSources.front("proofpoint").suffer(client -> {});

        // when
        for (int i = 0; i < 3; i++) {
            List<Response> answers = HelpDesk.crowd(20);

            // then
            assertThat(answers).hasSize(20).allSatisfy(answer -> {
                assertNamed(answer, "proofpoint", "Proofpoint", "FAILED", "CIRCUIT_OPEN");
                assertThat(answer.jsonPath().getList("traces")).hasSize(1);
                assertThat(answer.time()).isLessThan(HelpDesk.PATIENCE.toMillis());
            });
        }
    }

    @Test
    void saysThatNobodyLookedWhenAllAreDownAndStopsAskingThem() throws Exception {
        // given
        FakeSources.NAMES.forEach(name -> FakeSources.front(name).suffer(client -> {}));

        // when
        List<Response> answers = HelpDesk.crowd(20);

        // then
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).matches("\\d+");
            assertThat(answer.jsonPath().getList("sources.state")).hasSize(4).isSubsetOf("FAILED", "CIRCUIT_OPEN");
        });
    }

    @Test
    void aFlappingSourceIsNamedWheneverItDidNotAnswerAndHeardWheneverItDid() {
        // given
        for (int i = 0; i < 20; i++) {
            boolean well = i % 5 < 3;
            FakeSources.does(
                    "proofpoint",
                    well
                            ? FakeSources.json(
                                    FakeSources.answer("proofpoint", "ANSWERED", HelpDesk.delivered("p1"), ""))
                            : aResponse().withStatus(500));

            // when
            Response answer = HelpDesk.ask();

            // then
            if (stateOf(answer, "proofpoint").equals("ANSWERED")) {
                assertThat(answer.jsonPath().getList("traces")).hasSize(1);
            } else {
                assertNamed(answer, "proofpoint", "Proofpoint", "FAILED", "CIRCUIT_OPEN");
                assertThat(answer.jsonPath().getList("traces")).isEmpty();
            }
        }
    }

    private static int asked() {
        return FakeSources.server("archive")
                .findAll(getRequestedFor(urlPathEqualTo("/traces")))
                .size();
    }

    /** As the metrics count it. */
    private double opened() {
        return metrics.getMeters().stream()
                .filter(meter -> meter.getId().getName().equals("ft.circuitbreaker.opened.total")
                        && "Archive".equals(meter.getId().getTag("method")))
                .mapToDouble(F19DeadSourceTest::value)
                .sum();
    }

    private static double value(Meter meter) {
        return meter.measure().iterator().next().getValue();
    }
}
