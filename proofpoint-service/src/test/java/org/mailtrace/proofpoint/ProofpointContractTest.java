package org.mailtrace.proofpoint;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.mailtrace.testkit.SourceContractTest;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(ClusterResource.class)
class ProofpointContractTest extends SourceContractTest {
    private final FakeCluster cluster = ClusterResource.cluster();

    @BeforeEach
    void threeMessages() {
        Instant now = Instant.now();
        cluster.rows.clear();
        cluster.held.clear();
        for (int i = 1; i <= 3; i++) {
            cluster.rows.add(FakeCluster.row(
                    "guid-" + i,
                    now.minus(Duration.ofHours(i)),
                    "sam@shop.example",
                    "ana@rivercounty.example",
                    "Report"));
        }
    }

    @Override
    protected String source() {
        return "proofpoint";
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
        return Map.of("recipient", "ana@rivercounty.example");
    }

    @Override
    protected Map<String, String> questionThatFindsNothing() {
        return Map.of("recipient", "nobody@rivercounty.example");
    }

    @Override
    protected void takeVendorAway() {
        cluster.misbehave("pss/filter", exchange -> exchange.close());
    }

    @Override
    protected void bringVendorBack() {
        cluster.behave();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> given().auth()
                        .oauth2(readerToken())
                        .queryParams(questionThatFindsNothing())
                        .get("/traces")
                        .then()
                        .body("state", equalTo("ANSWERED")));
    }
}
