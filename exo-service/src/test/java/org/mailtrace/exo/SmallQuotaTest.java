package org.mailtrace.exo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.mailtrace.exo.words.ReportWords;

/** A tenant whose quota is nearly nothing: three requests, one of them kept back for questions. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@QuarkusTestResource(value = SmallQuotaTest.SmallQuota.class, restrictToAnnotatedClass = true)
class SmallQuotaTest {
    private static final Map<String, String> FOR_TWO =
            Map.of("recipient", "ana@rivercounty.example,ben@rivercounty.example");
    private final Map<String, String> wide = Map.of(
            "recipient",
            "ana@rivercounty.example",
            "from",
            Instant.now().minus(Duration.ofDays(25)).toString());

    @Test
    void spendsNothingOnWhatItCannotPayForAndKeepsReportsWaiting() {
        // given
        FakeGraph.reset();
        assertThat(Asking.ask(FOR_TWO).getString("state")).isEqualTo("ANSWERED");

        // when: a question costs two of the one that is left
        JsonPath cost = asReader().queryParams(FOR_TWO).get("/cost").jsonPath();
        JsonPath answer = Asking.ask(FOR_TWO);

        // then
        assertThat(cost.getString("state")).isEqualTo("THROTTLED");
        assertThat(cost.getInt("remaining")).isEqualTo(1);
        assertThat(cost.getInt("cost.rowRequests")).isEqualTo(2);
        assertThat(answer.getString("state")).isEqualTo("THROTTLED");
        assertThat(answer.getInt("retryAfterSeconds")).isEqualTo(300);
        assertThat(answer.getString("explanation")).contains("2 requests", "300 seconds");
        assertThat(answer.getString("equivalent")).contains("Get-MessageTraceV2");
        assertThat(answer.getString("searchedTo")).isNull();
        assertThat(FakeGraph.listRequests()).isEqualTo(2);

        // when: what is left is not for reports
        Response accepted = order("a-key");
        String id = accepted.jsonPath().getString("id");
        JsonPath waiting = Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> asReader().get("/reports/{id}", id).jsonPath(),
                        report -> report.getString("progress.waitsFor") != null);
        JsonPath found = asReader().get("/reports/{id}/observations", id).jsonPath();

        // then
        assertThat(waiting.getString("state")).isEqualTo("THROTTLED");
        assertThat(waiting.getString("progress.waitsFor")).isEqualTo(ReportWords.WAITS_FOR_BUDGET);
        assertThat(waiting.getString("progress.waitsUntil")).isNotBlank();
        assertThat(found.getString("state")).isEqualTo("THROTTLED");
        assertThat(found.getList("observations")).isEmpty();
        assertThat(found.getString("explanation")).contains("not finished");
        assertThat(FakeGraph.listRequests()).isEqualTo(2);

        // when: one unfinished report is all that one caller may have
        Response further = order("another-key");
        Response repeated = order("a-key");

        // then
        assertThat(further.statusCode()).isEqualTo(429);
        assertThat(further.header("Retry-After")).isNotBlank();
        assertThat(further.jsonPath().getString("type")).endsWith("/too-many-reports");
        assertThat(repeated.statusCode()).isEqualTo(202);
        assertThat(repeated.jsonPath().getString("id")).isEqualTo(id);
        assertThat(asReader().delete("/reports/{id}", id).jsonPath().getString("status"))
                .isEqualTo("CANCELLED");
        assertThat(order("another-key").statusCode()).isEqualTo(202);
    }

    private Response order(String key) {
        return asReader()
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(wide)
                .post("/reports");
    }

    private static RequestSpecification asReader() {
        return given().auth().oauth2(OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader")));
    }

    /** Comes after the other test resources, so that its settings win. */
    public static final class SmallQuota implements QuarkusTestResourceLifecycleManager {
        @Override
        public int order() {
            return 10;
        }

        @Override
        public Map<String, String> start() {
            return Map.of(
                    // What other tests spent from another quota is not this one's.
                    "mailtrace.exo.store.file", "target/stores/" + UUID.randomUUID() + ".db",
                    "mailtrace.exo.quota.requests", "3",
                    "mailtrace.exo.quota.reserved-for-questions", "1",
                    "mailtrace.exo.quota.window", "5m",
                    "mailtrace.exo.report.max-unfinished", "1");
        }

        @Override
        public void stop() {
            // There is nothing to stop.
        }
    }
}
