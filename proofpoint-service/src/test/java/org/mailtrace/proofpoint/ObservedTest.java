package org.mailtrace.proofpoint;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailtrace.testkit.Logged;
import org.mailtrace.testkit.RecordedSpans;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(ClusterResource.class)
@DisplayName("What operators see of a question: spans and log lines")
class ObservedTest {
    private static final String GATEWAY = "00f067aa0ba902b7";
    private static final String TOKEN = OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader"));
    private static final List<String> CANARIES =
            List.of("canary", "rivercounty.example", "shop.example", "Report", TOKEN, FakeCluster.PASSWORD);

    private final FakeCluster cluster = ClusterResource.cluster();
    private final String trace = UUID.randomUUID().toString().replace("-", "");

    @Inject
    RecordedSpans spans;

    @BeforeEach
    void oneHeldMessage() {
        cluster.rows.clear();
        cluster.rows.add(FakeCluster.heldRow(
                "guid-canary",
                Instant.now().minus(Duration.ofHours(1)),
                "canary@rivercounty.example",
                "inbound_bulk",
                "Bulk"));
        everythingWorksAgain();
        cluster.requests.clear();
        spans.keep(trace);
    }

    @AfterEach
    void everythingWorksAgain() {
        cluster.behave();
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> ask("/traces?recipient=canary@rivercounty.example", "0".repeat(31) + "1")
                        .contains("\"state\":\"ANSWERED\""));
    }

    @Test
    void everyRequestToTheClusterIsAChildOfTheGatewaysQuestionAlsoOnThreadsBesideIt() {
        // when
        ask("/traces?recipient=canary@rivercounty.example,canary2@rivercounty.example", trace);

        // then
        List<SpanData> all = spans.of(trace, some -> some.stream().anyMatch(ObservedTest::isServer));
        SpanData server =
                all.stream().filter(ObservedTest::isServer).findFirst().orElseThrow();
        assertThat(server.getParentSpanId()).isEqualTo(GATEWAY);
        assertThat(cluster.requests).extracting(FakeCluster.Seen::path).hasSizeGreaterThanOrEqualTo(3);
        assertThat(all)
                .filteredOn(span -> span.getKind() == SpanKind.CLIENT)
                .filteredOn(span -> span.getParentSpanId().equals(server.getSpanId()))
                .hasSizeGreaterThanOrEqualTo(cluster.requests.size());
    }

    @Test
    void spansAndLogLinesTellNothingOfWhatWasAskedAndLogLinesWhichRequestItWas() {
        try (Logged logged = Logged.listen()) {
            // when
            ask("/traces?recipient=canary@rivercounty.example&sender=*@shop.example&subject=canary", trace);
            ask("/traces?recipient=canary@@rivercounty.example", trace);
            ask("/traces/canary@rivercounty.example", trace);
            cluster.misbehave("pss/filter", exchange -> exchange.close());
            ask("/traces?recipient=canary@rivercounty.example", trace);

            // then
            List<SpanData> all = spans.of(
                    trace, some -> some.stream().filter(ObservedTest::isServer).count() == 4);
            assertThat(all)
                    .allSatisfy(span -> assertThat(RecordedSpans.text(span)).doesNotContain(CANARIES));
            assertThat(logged.ours())
                    .allSatisfy(line -> assertThat(line.text() + line.facts()).doesNotContain(CANARIES));
        }
    }

    private String ask(String path, String traceId) {
        return given().auth()
                .oauth2(TOKEN)
                .header("traceparent", "00-" + traceId + "-" + GATEWAY + "-01")
                .header("X-Request-Id", "observed-1")
                .get(path)
                .asString();
    }

    private static boolean isServer(SpanData span) {
        return span.getKind() == SpanKind.SERVER;
    }
}
