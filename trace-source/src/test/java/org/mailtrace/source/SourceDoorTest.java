package org.mailtrace.source;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import org.mailtrace.testkit.SourceContractTest;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
class SourceDoorTest extends SourceContractTest {
    private static final Map<String, String> WINDOW =
            Map.of("from", "2026-11-22T08:00:00Z", "to", "2026-11-23T08:00:01Z");

    @Inject
    MemorySource memory;

    @Override
    protected String source() {
        return "memory";
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
        return asking("ana@rivercounty.example");
    }

    @Override
    protected Map<String, String> questionThatFindsNothing() {
        return asking("nobody@rivercounty.example");
    }

    @Override
    protected void takeVendorAway() {
        memory.away(true);
    }

    @Override
    protected void bringVendorBack() {
        memory.away(false);
    }

    private static Map<String, String> asking(String recipient) {
        return Map.of("recipient", recipient, "from", WINDOW.get("from"), "to", WINDOW.get("to"));
    }
}
