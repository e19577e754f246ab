package org.mailtrace.exo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.mailtrace.testkit.ReportContractTest;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
class ExchangeOnlineReportContractTest extends ReportContractTest {
    private static final String ANA = "ana@rivercounty.example";
    private final Instant newest = Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
    private final String owner = "helpdesk-" + UUID.randomUUID();

    @BeforeEach
    void threeMessages() {
        FakeGraph.reset();
        String[] rows = new String[3];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = FakeGraph.row(
                    "4451a062-48cb-e80d-e8c0-19633043700" + i, newest.minus(Duration.ofDays(6L * i)), ANA, "delivered");
        }
        FakeGraph.tracesWith("recipientAddress eq '" + ANA + "'", rows);
    }

    @Override
    protected String readerToken() {
        return OidcWiremockTestResource.generateJwtToken("helpdesk", Set.of("trace-reader"), owner);
    }

    @Override
    protected String anotherReadersToken() {
        return OidcWiremockTestResource.generateJwtToken("helpdesk", Set.of("trace-reader"), "another-" + owner);
    }

    @Override
    protected String operatorToken() {
        return OidcWiremockTestResource.getAccessToken("operator", Set.of("trace-operator"));
    }

    @Override
    protected Map<String, String> questionThatFindsThree() {
        return Map.of(
                "recipient", ANA, "from", newest.minus(Duration.ofDays(25)).toString());
    }

    @Override
    protected Map<String, String> questionThatFindsNothing() {
        return Map.of(
                "recipient",
                "nobody@rivercounty.example",
                "from",
                newest.minus(Duration.ofDays(25)).toString());
    }

    @Override
    protected Map<String, String> questionThatIsTooOld() {
        return Map.of(
                "recipient",
                ANA,
                "from",
                newest.minus(Duration.ofDays(120)).toString(),
                "to",
                newest.minus(Duration.ofDays(100)).toString());
    }

    @Override
    protected void makeVendorRefuse() {
        FakeGraph.tracesAnswer(aResponse()
                .withStatus(403)
                .withBody("{\"error\":{\"code\":\"Authorization_RequestDenied\",\"message\":\"no\"}}"));
    }

    @Override
    protected void bringVendorBack() {
        threeMessages();
        Asking.untilAnswered();
    }
}
