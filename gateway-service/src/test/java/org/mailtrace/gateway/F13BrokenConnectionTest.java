package org.mailtrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.HelpDesk.assertNamed;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.Response;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailtrace.testkit.TcpFront;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F13: half-open connections, resets in mid-body, black holes")
class F13BrokenConnectionTest {
    private static final String HALF =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n{\"source\":\"";

    @BeforeEach
    void isCalm() {
        HelpDesk.isCalm();
    }

    @AfterEach
    void leavesNothingBehind() {
        FakeSources.allEmpty();
    }

    @Test
    void namesWhoBrokeOffWhoHungUpAndWhoSwallowedTheQuestion() {
        // given
        HelpDesk.archiveHasARow();
        FakeSources.front("proofpoint").suffer(TcpFront.resetAfter(HALF));
        FakeSources.front("onprem-exchange").suffer(client -> {});
        FakeSources.front("exchange-online").suffer(client -> Thread.sleep(60_000));

        // when
        Response answer = HelpDesk.ask();

        // then
        assertNamed(answer, "proofpoint", "Proofpoint", "FAILED");
        assertNamed(answer, "onprem-exchange", "On-premises Exchange", "FAILED");
        assertNamed(answer, "exchange-online", "Exchange Online", "TIMED_OUT");
        assertThat(answer.jsonPath().getList("traces")).hasSize(1);
        assertThat(answer.time()).isLessThan(HelpDesk.PATIENCE.toMillis());
        assertThat(List.of("proofpoint", "exchange-online"))
                .allSatisfy(name ->
                        assertThat(FakeSources.front(name).connections()).isLessThanOrEqualTo(2));
    }

    @Test
    void keepsOneConnectionForManyQuestionsOnceTheSourceIsWell() {
        // given
        FakeSources.front("proofpoint").suffer(TcpFront.resetAfter(HALF));
        HelpDesk.ask();
        FakeSources.front("proofpoint").recover();
        int before = FakeSources.front("proofpoint").connections();

        // when
        List<String> states = IntStream.range(0, 5)
                .mapToObj(i -> HelpDesk.stateOf(HelpDesk.ask(), "proofpoint"))
                .toList();

        // then
        assertThat(states).containsOnly("ANSWERED");
        assertThat(FakeSources.front("proofpoint").connections() - before).isEqualTo(1);
    }
}
