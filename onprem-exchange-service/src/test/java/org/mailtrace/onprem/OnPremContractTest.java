package org.mailtrace.onprem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.testkit.SourceContractTest;

@QuarkusTest
@WithTestResource(OidcWiremockTestResource.class)
@WithTestResource(TrackingLogDirectories.class)
class OnPremContractTest extends SourceContractTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @BeforeEach
    void logsAreRead() {
        awaitState("EXCH01", "ANSWERED");
        awaitState("EXCH02", "ANSWERED");
    }

    @Test
    void namesTheServerWhoseDirectoryIsAwayAndStillShowsWhatTheOthersSaw() {
        // given
        move(TrackingLogDirectories.directory("EXCH02"), away());
        awaitState("EXCH02", "FAILED");

        // when
        JsonPath answer = ask(questionThatFindsThree());

        // then
        assertThat(answer.getString("state")).isEqualTo("PARTIAL");
        assertThat(answer.getString("explanation")).contains("EXCH02", "does not exist");
        assertThat(answer.getString("parts.find { it.name == 'EXCH01' }.state")).isEqualTo("ANSWERED");
        assertThat(answer.getString("absenceProvenUntil")).isNull();
        assertThat(answer.getList("observations")).hasSize(3);
    }

    @Test
    void saysThatAWindowIsOlderThanTheEvidence() {
        // when
        JsonPath answer = ask(Map.of(
                "recipient",
                "ana@rivercounty.example",
                "from",
                TrackingLogDirectories.sent().minus(Duration.ofDays(9)).toString()));

        // then
        assertThat(answer.getString("state")).isEqualTo("OUT_OF_RETENTION");
        assertThat(answer.getString("explanation")).contains("go back to");
        assertThat(answer.getList("observations")).hasSize(3);
    }

    @Test
    void findsARowMomentsAfterItWasWritten() throws IOException {
        // given
        Instant now = Instant.now();
        Instant begun = TrackingLogDirectories.sent().minus(Duration.ofDays(1));
        Path directory = TrackingLogDirectories.directory("EXCH02");
        Files.write(
                directory.resolve(LogFixture.file("MSGTRKMD", begun)),
                LogFixture.bytes(
                        LogFixture.header(begun),
                        LogFixture.line(
                                now,
                                "STOREDRIVER",
                                "DELIVER",
                                "message-id",
                                "<fresh@contoso.example>",
                                "recipient-address",
                                "bo@rivercounty.example")));

        // when, then
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(Map.of(
                                        "messageId",
                                        "fresh@contoso.example",
                                        "from",
                                        questionThatFindsThree().get("from")))
                                .getString("observations[0].recipients[0].status"))
                        .isEqualTo("DELIVERED"));
    }

    @Override
    protected String source() {
        return "onprem-exchange";
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
        return question("ana@rivercounty.example");
    }

    @Override
    protected Map<String, String> questionThatFindsNothing() {
        return question("nobody@rivercounty.example");
    }

    /** Directories are read all the time. */
    @Override
    protected boolean triesByItself() {
        return true;
    }

    @Override
    protected void takeVendorAway() {
        move(TrackingLogDirectories.directory("EXCH01"), away().resolveSibling("away1"));
        move(TrackingLogDirectories.directory("EXCH02"), away());
        awaitState("EXCH01", "FAILED");
        awaitState("EXCH02", "FAILED");
    }

    @Override
    protected void bringVendorBack() {
        if (Files.exists(away())) {
            move(away(), TrackingLogDirectories.directory("EXCH02"));
        }
        if (Files.exists(away().resolveSibling("away1"))) {
            move(away().resolveSibling("away1"), TrackingLogDirectories.directory("EXCH01"));
        }
        awaitState("EXCH01", "ANSWERED");
        awaitState("EXCH02", "ANSWERED");
    }

    private static Path away() {
        return TrackingLogDirectories.directory("EXCH02").resolveSibling("away2");
    }

    private static Map<String, String> question(String recipient) {
        return Map.of(
                "recipient",
                recipient,
                "from",
                TrackingLogDirectories.sent().minus(Duration.ofHours(1)).toString(),
                "to",
                TrackingLogDirectories.sent().plus(Duration.ofHours(1)).toString());
    }

    private void awaitState(String server, String state) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(given().auth()
                                .oauth2(readerToken())
                                .get("/source")
                                .jsonPath()
                                .getString("parts.find { it.name == '" + server + "' }.state"))
                        .isEqualTo(state));
    }

    private JsonPath ask(Map<String, String> question) {
        return given().auth()
                .oauth2(readerToken())
                .queryParams(question)
                .get("/traces")
                .jsonPath();
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
