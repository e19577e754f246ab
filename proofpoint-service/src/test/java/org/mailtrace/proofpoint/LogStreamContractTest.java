package org.mailtrace.proofpoint;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.mailtrace.index.Batch;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.ReadRecord;
import org.mailtrace.proofpoint.record.RecordReader;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.stream.Known;
import org.mailtrace.testkit.SourceContractTest;

/** The same contract for a site that has the log stream alone. Records are synthetic. */
@QuarkusTest
@TestProfile(LogStreamOnlyTest.StreamOnly.class)
class LogStreamContractTest extends SourceContractTest {
    @Inject
    TraceIndex index;

    @BeforeEach
    void threeMessages() {
        bringVendorBack();
        Instant now = Instant.now();
        List<IndexRow> rows = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            String json = """
                    {"guid":"guid-of-contract-%1$d","ts":"%2$s",
                     "envelope":{"from":"sam@shop.example","rcpts":["conny@rivercounty.example"]},
                     "msg":{"header":{"message-id":["<contract-%1$d@shop.example>"]}},
                     "filter":{"disposition":"reject"}}""".formatted(i, now.minus(Duration.ofHours(i)));
            ReadRecord read = new RecordReader().read(RecordType.MESSAGE, json.getBytes(StandardCharsets.UTF_8), now);
            rows.add(((ReadRecord.Kept) read).row());
        }
        if (index.find("guid-of-contract-1").isEmpty()) {
            index.append(Batch.of(rows));
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
        return Map.of("recipient", "conny@rivercounty.example");
    }

    @Override
    protected Map<String, String> questionThatFindsNothing() {
        return Map.of("recipient", "nobody@rivercounty.example");
    }

    @Override
    protected void takeVendorAway() {
        Instant now = Instant.now();
        FakeEvidence.says(
                RecordType.MESSAGE,
                new Known(
                        Optional.of(now.minus(Duration.ofDays(20))),
                        Optional.of(now.minus(Duration.ofHours(1))),
                        List.of(),
                        Optional.of("The log stream cannot be reached.")));
    }

    @Override
    protected void bringVendorBack() {
        FakeEvidence.follows(RecordType.MESSAGE);
        FakeEvidence.follows(RecordType.MAILLOG);
    }
}
