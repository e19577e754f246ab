package org.mailtrace.exo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.mailtrace.testkit.SourceContractTest;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
class ExchangeOnlineContractTest extends SourceContractTest {
    private static final String ANA = "ana@rivercounty.example";
    private final Instant newest = Instant.now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);

    @BeforeEach
    void threeMessages() {
        FakeGraph.reset();
        String[] rows = new String[3];
        for (int i = 0; i < rows.length; i++) {
            String id = "4451a062-48cb-e80d-e8c0-19633043700" + i;
            rows[i] = FakeGraph.row(id, newest.minus(Duration.ofHours(i)), ANA, "delivered");
            FakeGraph.tracesWith("id eq '" + id + "'", rows[i]);
        }
        FakeGraph.tracesWith("recipientAddress eq '" + ANA + "'", rows);
    }

    @Override
    protected String source() {
        return "exchange-online";
    }

    @Override
    protected String readerToken() {
        return OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader"));
    }

    @Override
    protected String operatorToken() {
        return OidcWiremockTestResource.getAccessToken("operator", Set.of("trace-operator"));
    }

    @Override
    protected String tokenWithoutRole() {
        return OidcWiremockTestResource.getAccessToken("nobody", Set.of());
    }

    @Override
    protected Map<String, String> questionThatFindsThree() {
        return Map.of("recipient", ANA);
    }

    @Override
    protected Map<String, String> questionThatFindsNothing() {
        return Map.of("recipient", "nobody@rivercounty.example");
    }

    @Override
    protected void takeVendorAway() {
        FakeGraph.goAway();
    }

    @Override
    protected void bringVendorBack() {
        threeMessages();
        Asking.untilAnswered();
    }
}
