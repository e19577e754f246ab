package org.mailtrace.exo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailtrace.testkit.Logged;
import org.mailtrace.testkit.RecordedSpans;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeGraph.class)
@DisplayName("What operators see: spans and log lines of a question, and how the store is")
class ObservedTest {
    private static final String GATEWAY = "00f067aa0ba902b7";
    private static final String TOKEN = OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader"));
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private final String trace = UUID.randomUUID().toString().replace("-", "");
    private final String message = UUID.randomUUID().toString();
    private final List<String> canaries =
            List.of("canary", message, "rivercounty.example", "contoso.example", TOKEN, "synthetic-secret");

    @Inject
    RecordedSpans spans;

    @Inject
    MeterRegistry metrics;

    @Inject
    @Readiness
    Instance<HealthCheck> ready;

    @BeforeEach
    void healthyVendor() {
        FakeGraph.reset();
        Asking.untilAnswered();
        FakeGraph.reset();
        Instant received = Instant.now().minus(Duration.ofHours(2));
        FakeGraph.tracesAre(
                FakeGraph.row(message, received, "canary@rivercounty.example", "delivered"),
                FakeGraph.row(message, received, "canary2@rivercounty.example", "delivered"));
        spans.keep(trace);
    }

    @AfterEach
    void vendorIsBack() {
        FakeGraph.reset();
        Asking.untilAnswered();
    }

    @Test
    void readinessAndTheRoomThatIsLeftAreThoseOfTheStore() {
        assertThat(ready.stream().map(HealthCheck::call).map(HealthCheckResponse::getName))
                .contains("Store of reports and of what the quota leaves");
        assertThat(metrics.get("mailtrace.disk.free").tag("of", "store").gauge().value())
                .isPositive();
    }

    @Test
    void everyRequestToMicrosoftIsAChildOfTheGatewaysQuestionAlsoOnThreadsBesideIt() {
        // when
        ask("/traces?messageId=" + message);

        // then
        List<SpanData> all = spans.of(trace, some -> some.stream().anyMatch(ObservedTest::isServer));
        SpanData server =
                all.stream().filter(ObservedTest::isServer).findFirst().orElseThrow();
        assertThat(server.getParentSpanId()).isEqualTo(GATEWAY);
        assertThat(FakeGraph.detailRequests()).isEqualTo(2);
        assertThat(all)
                .filteredOn(span -> span.getName().equals("GET Microsoft"))
                .hasSize(FakeGraph.listRequests() + 2)
                .allSatisfy(span -> {
                    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
                    assertThat(span.getParentSpanId()).isEqualTo(server.getSpanId());
                    assertThat(span.getAttributes().get(STATUS)).isEqualTo(200);
                    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
                });
    }

    @Test
    void spansAndLogLinesTellNothingOfWhatWasAskedAndLogLinesWhichRequestItWas() {
        try (Logged logged = Logged.listen()) {
            // given
            FakeGraph.detailsAnswer(aResponse().withStatus(403).withBody("{\"error\":{\"code\":\"canary\"}}"));

            // when
            ask("/traces?messageId=" + message);
            ask("/traces?recipient=canary@rivercounty.example&sender=*@contoso.example");
            ask("/traces?recipient=canary@@rivercounty.example");
            ask("/traces/canary@rivercounty.example");
            FakeGraph.goAway();
            ask("/traces?recipient=canary@rivercounty.example");

            // then
            List<SpanData> all = spans.of(
                    trace, some -> some.stream().filter(ObservedTest::isServer).count() == 5);
            assertThat(all)
                    .anyMatch(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
                    .allSatisfy(span -> assertThat(RecordedSpans.text(span)).doesNotContain(canaries));
            assertThat(logged.ours())
                    .allSatisfy(line -> assertThat(line.text() + line.facts()).doesNotContain(canaries));
            assertThat(logged.ours())
                    .filteredOn(line -> line.text().contains("graph refused status=403"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.facts())
                            .containsEntry("requestId", "observed-1")
                            .containsEntry("traceId", trace)
                            .containsKey("spanId"));
        }
    }

    private void ask(String path) {
        given().auth()
                .oauth2(TOKEN)
                .header("traceparent", "00-" + trace + "-" + GATEWAY + "-01")
                .header("X-Request-Id", "observed-1")
                .get(path);
    }

    private static boolean isServer(SpanData span) {
        return span.getKind() == SpanKind.SERVER;
    }
}
