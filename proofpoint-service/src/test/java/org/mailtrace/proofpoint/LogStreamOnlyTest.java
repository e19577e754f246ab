package org.mailtrace.proofpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.index.Batch;
import org.mailtrace.index.TraceIndex;
import org.mailtrace.proofpoint.record.ReadRecord;
import org.mailtrace.proofpoint.record.RecordReader;
import org.mailtrace.proofpoint.record.RecordType;
import org.mailtrace.proofpoint.stream.Known;
import org.mailtrace.proofpoint.vendor.Credentials;

/** A site that has the log stream and no REST API at all. Records are synthetic. */
@QuarkusTest
@TestProfile(LogStreamOnlyTest.StreamOnly.class)
class LogStreamOnlyTest {
    private final Instant now = Instant.now();

    @Inject
    TraceIndex index;

    @BeforeEach
    void everythingIsHere() {
        FakeEvidence.follows(RecordType.MESSAGE);
        FakeEvidence.follows(RecordType.MAILLOG);
    }

    @Test
    void saysThatNothingIsThereOnlyWhereTheRecordsProveIt() {
        JsonPath answer = ask(Map.of("recipient", "nobody@rivercounty.example"));

        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getList("observations")).isEmpty();
        assertThat(answer.getString("absenceProvenUntil")).isNotNull();
    }

    @Test
    void isPartialWhereverAGapTouchesTheWindow() {
        FakeEvidence.follows(
                RecordType.MESSAGE,
                new Known.Gap(now.minus(Duration.ofHours(3)), now.minus(Duration.ofHours(2)), "It was lost.", true));

        JsonPath touched = ask(Map.of("recipient", "nobody@rivercounty.example"));
        JsonPath untouched = ask(Map.of(
                "recipient",
                "nobody@rivercounty.example",
                "from",
                now.minus(Duration.ofHours(1)).toString()));

        assertThat(touched.getString("state")).isEqualTo("PARTIAL");
        assertThat(touched.getString("explanation")).contains("It was lost.");
        assertThat(touched.getString("absenceProvenUntil")).isNull();
        assertThat(untouched.getString("state")).isEqualTo("ANSWERED");
    }

    @Test
    void isPartialBeforeAnythingHasCome() {
        FakeEvidence.says(
                RecordType.MESSAGE,
                new Known(Optional.empty(), Optional.empty(), List.of(), Optional.of("The token is refused.")));

        JsonPath answer = ask(Map.of("recipient", "nobody@rivercounty.example"));

        assertThat(answer.getString("state")).isEqualTo("PARTIAL");
        assertThat(answer.getString("explanation"))
                .contains("not brought any message records", "The token is refused.");
    }

    @Test
    void isDeniedWhereTheTokenIsRefused() {
        // given
        Optional<String> why = Optional.of("Check mailtrace.proofpoint.stream.token.");
        FakeEvidence.says(
                RecordType.MESSAGE,
                new Known(
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        why,
                        new Credentials.Seen(CredentialState.REFUSED, Optional.of(now))));

        // when
        JsonPath answer = ask(Map.of("recipient", "nobody@rivercounty.example"));

        // then
        assertThat(answer.getString("state")).isEqualTo("DENIED");
        assertThat(answer.getString("explanation")).contains("mailtrace.proofpoint.stream.token");
        assertThat(get("/source").getString("credentials")).isEqualTo("REFUSED");
        assertThat(get("/source").getString("credentialsSince")).isNotNull();
    }

    @Test
    void findsTheNullSenderAndNobodyElse() {
        // given
        arrived("guid-of-a-bounce", "<>", "nora@rivercounty.example");
        arrived("guid-of-a-letter", "sam@shop.example", "nora@rivercounty.example");
        arrived("guid-without-a-sender", "", "nora@rivercounty.example");

        // when
        JsonPath bounces = ask(Map.of("sender", "<>", "recipient", "nora@rivercounty.example"));
        JsonPath alone = ask(Map.of("sender", "<>"));

        // then
        assertThat(bounces.getList("observations.sender")).containsExactly("<>", "<>");
        assertThat(alone.getList("observations.sender")).containsExactly("<>", "<>");
    }

    private void arrived(String guid, String sender, String recipient) {
        String json = """
                {"guid":"%s","ts":"%s","envelope":{"from":"%s","rcpts":["%s"]},
                 "filter":{"disposition":"continue"}}""".formatted(guid, now.minus(Duration.ofHours(1)), sender, recipient);
        ReadRecord read = new RecordReader().read(RecordType.MESSAGE, json.getBytes(StandardCharsets.UTF_8), now);
        index.append(Batch.of(List.of(((ReadRecord.Kept) read).row())));
    }

    @Test
    void saysThatItsRecordsBeginLaterThanTheWindow() {
        JsonPath answer = ask(Map.of(
                "recipient",
                "nobody@rivercounty.example",
                "from",
                now.minus(Duration.ofDays(25)).toString()));

        assertThat(answer.getString("state")).isEqualTo("OUT_OF_RETENTION");
    }

    @Test
    void findsAnySubjectThatSmartSearchCouldNot() {
        JsonPath answer = ask(Map.of("subject", "not if"));

        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getList("warnings")).isEmpty();
    }

    @Test
    void doesNotKnowNetworkMessageIds() {
        JsonPath answer = ask(Map.of("messageId", "4451a062-48cb-e80d-e8c0-196330437ae6"));

        assertThat(answer.getString("state")).isEqualTo("CANNOT_ANSWER");
    }

    @Test
    void tellsHeldMailWithoutClaimingToKnowWhetherItIsStillHeld() {
        String json = """
                {"guid":"guid-of-held-mail","ts":"%s","envelope":{"from":"offers@shop.example","rcpts":["hans@rivercounty.example"]},
                 "filter":{"disposition":"discard","quarantine":{"folder":"Bulk","rule":"inbound_bulk","type":"quarantine"},
                 "actions":[{"module":"spam","rule":"inbound_bulk","action":"discard","isFinal":true}]}}""".formatted(now.minus(Duration.ofHours(1)));
        ReadRecord read = new RecordReader().read(RecordType.MESSAGE, json.getBytes(StandardCharsets.UTF_8), now);
        index.append(Batch.of(List.of(((ReadRecord.Kept) read).row())));

        JsonPath answer = ask(Map.of("recipient", "hans@rivercounty.example"));

        assertThat(answer.getString("state")).isEqualTo("ANSWERED");
        assertThat(answer.getString("observations[0].recipients[0].status")).isEqualTo("QUARANTINED");
        assertThat(answer.getString("observations[0].recipients[0].quarantine.state"))
                .isEqualTo("UNKNOWN");
        assertThat(answer.getList("warnings", String.class))
                .anySatisfy(warning -> assertThat(warning).contains("mailtrace.proofpoint.url"));
    }

    @Test
    void tellsItsStateWithoutSmartSearch() {
        JsonPath source = get("/source");

        assertThat(source.getList("parts.name")).containsExactly("log-stream/message", "log-stream/maillog");
        assertThat(source.getString("searchableFrom")).isNotNull();
    }

    private static JsonPath ask(Map<String, String> question) {
        return given().auth()
                .oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")))
                .queryParams(question)
                .get("/traces")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static JsonPath get(String path) {
        return given().auth()
                .oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")))
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** Nothing of Smart Search is configured. */
    public static class StreamOnly implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mailtrace.proofpoint.ask",
                    "log-stream",
                    // Nothing listens there: what the stream brought is put into the index by hand.
                    "mailtrace.proofpoint.stream.url",
                    "ws://127.0.0.1:9",
                    "mailtrace.proofpoint.stream.cluster-id",
                    "rivercounty_hosted",
                    "mailtrace.proofpoint.stream.token",
                    "canary-token-4711",
                    "mailtrace.proofpoint.index-file",
                    BothWaysTest.Both.newIndexFile());
        }

        /** Other tests' cluster would be configured for this one, too. */
        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(OidcWiremockTestResource.class));
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(FakeEvidence.class);
        }
    }
}
