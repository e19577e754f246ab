package org.mailtrace.exo.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the order to the observations, over HTTP, with a file that somebody hands in. */
@QuarkusTest
@QuarkusTestResource(value = OidcWiremockTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = FakeAdminCenter.class, restrictToAnnotatedClass = true)
class HistoricalSearchTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @BeforeEach
    void nothingSearched() {
        FakeAdminCenter.reset();
        FakeAdminCenter.searchIsDone();
    }

    @Test
    void answersAThoroughReportFromTheFileThatIsHandedIn() {
        // given
        String report = order();
        await().atMost(LONG)
                .until(
                        () -> report("ann", report).getString("progress.waitsFor"),
                        said -> said != null && said.contains("/reports/" + report + "/file"));

        // when
        assertThat(handIn("ann", report, "trace-reader", file()).statusCode()).isEqualTo(202);
        await().atMost(LONG)
                .until(
                        () -> report("ann", report).getString("status"),
                        status -> !List.of("QUEUED", "RUNNING").contains(status));

        // then
        assertThat(report("ann", report).getString("status")).isEqualTo("COMPLETE");
        JsonPath found = as("ann", "trace-reader")
                .get("/reports/" + report + "/observations")
                .jsonPath();
        assertThat(found.getString("state")).isEqualTo("ANSWERED");
        Map<String, String> recipients =
                found.getList("observations.find { it.messageId == '<x1@contoso.example>' }.recipients").stream()
                        .map(one -> (Map<?, ?>) one)
                        .collect(Collectors.toMap(
                                one -> one.get("address").toString(),
                                one -> one.get("status").toString()));
        assertThat(recipients).containsEntry("ana@rivercounty.example", "DELIVERED");
        assertThat(FakeAdminCenter.searchesStarted()).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoFileOfTheReport() {
        // given
        String report = order();
        await().atMost(LONG)
                .until(
                        () -> report("ann", report).getString("progress.waitsFor"),
                        said -> said != null && said.contains("PUT"));

        // then
        Response unfit = handIn("ann", report, "trace-reader", "<html>Sign in</html>".getBytes(StandardCharsets.UTF_8));
        assertThat(unfit.statusCode()).isEqualTo(400);
        assertThat(unfit.contentType()).startsWith("application/problem+json");
        assertThat(unfit.asString()).contains("sign-in page");
        assertThat(handIn("ann", report, "trace-auditor", file()).statusCode()).isEqualTo(403);
        assertThat(handIn("ann", "unknown", "trace-reader", file()).statusCode())
                .isEqualTo(404);
        assertThat(handIn("ann", report, "trace-reader", new byte[4_000_000]).statusCode())
                .isEqualTo(413);
        assertThat(RestAssured.given()
                        .contentType("text/csv")
                        .body(file())
                        .put("/reports/" + report + "/file")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void takesLargeBodiesNowhereElse() {
        // when
        Response refused = as("ann", "trace-reader")
                .contentType("application/json")
                .body("{\"subject\":\"" + "x".repeat(2_000_000) + "\"}")
                .post("/reports");

        // then
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.jsonPath().getString("detail")).contains("1 MB");
    }

    private static String order() {
        Instant to = Instant.parse("2026-11-21T00:00:00Z");
        Response taken = as("ann", "trace-reader")
                .contentType("application/json")
                .body(Map.of(
                        "recipient",
                        List.of("ana@rivercounty.example"),
                        "from",
                        to.minus(Duration.ofDays(2)).toString(),
                        "to",
                        to.toString(),
                        "advanced",
                        true))
                .post("/reports");
        assertThat(taken.statusCode()).as(taken.asString()).isEqualTo(202);
        return taken.jsonPath().getString("id");
    }

    private static JsonPath report(String who, String id) {
        return as(who, "trace-reader").get("/reports/" + id).jsonPath();
    }

    private static Response handIn(String who, String report, String role, byte[] file) {
        return as(who, role).contentType("text/csv").body(file).put("/reports/" + report + "/file");
    }

    private static RequestSpecification as(String who, String role) {
        return RestAssured.given()
                .header("Authorization", "Bearer " + OidcWiremockTestResource.getAccessToken(who, Set.of(role)));
    }

    private static byte[] file() {
        try (InputStream in = HistoricalSearchTest.class.getResourceAsStream("/history/synthetic-extended.csv")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
