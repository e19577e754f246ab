package org.mailtrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.HelpDesk.assertNamed;
import static org.mailtrace.testkit.TcpFront.drip;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F12: sources drip, stall or never end")
class F12SlowSourceTest {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 400\r\n\r\n";

    @BeforeEach
    void isCalm() {
        HelpDesk.isCalm();
    }

    @AfterEach
    void leavesNothingBehind() {
        FakeSources.allEmpty();
    }

    @Test
    void answersByItsDeadlineWithTheRowsOfTheOthersAndNamesWhoWasTooSlow() {
        // given
        HelpDesk.archiveHasARow();
        FakeSources.front("proofpoint").suffer(drip(HEAD + "{\"source\":\"proofpoint\"" + " ".repeat(300), 1, 1000));
        FakeSources.front("onprem-exchange").suffer(drip("HTTP/1.1 200 OK\r\n" + "X-A: b\r\n".repeat(900), 8, 300));
        FakeSources.front("exchange-online").suffer(drip(HEAD + "{\"source\":", 500, 1));

        // when
        Response answer = HelpDesk.ask();

        // then
        assertNamed(answer, "proofpoint", "Proofpoint", "TIMED_OUT");
        assertNamed(answer, "onprem-exchange", "On-premises Exchange", "TIMED_OUT");
        assertNamed(answer, "exchange-online", "Exchange Online", "TIMED_OUT");
        assertThat(answer.jsonPath().getList("traces.messageId")).isEqualTo(List.of(HelpDesk.ID));
        assertThat(answer.time()).isLessThan(HelpDesk.PATIENCE.toMillis());
        // Asked, and asked again by the id of the message that the archive has.
        assertThat(FakeSources.front("proofpoint").connections()).isEqualTo(2);
    }
}
