package org.mailtrace.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailtrace.testkit.Logged;
import org.mailtrace.testkit.RecordedSpans;

@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("What operators see: spans and log lines of a question, and how the store is")
class ObservedTest {
    private static final String CALLER = "00f067aa0ba902b7";
    private static final String TOKEN = OidcWiremockTestResource.getAccessToken("helpdesk", Set.of("trace-reader"));
    private static final List<String> CANARIES =
            List.of("canary", "4711-canary-id", "rivercounty.example", "contoso.example", TOKEN, "192.0.2.7");

    private final String trace = UUID.randomUUID().toString().replace("-", "");

    @Inject
    RecordedSpans spans;

    @Inject
    MeterRegistry metrics;

    @Inject
    @Readiness
    Instance<HealthCheck> ready;

    @BeforeEach
    void everySourceLooks() {
        FakeSources.allEmpty();
        // Circuits that others opened close again.
        await().atMost(Duration.ofMinutes(1))
                .until(() -> given()
                        .auth()
                        .oauth2(TOKEN)
                        .get("/traces?recipient=nobody@rivercounty.example")
                        .jsonPath()
                        .<String>getList("sources.circuit")
                        .stream()
                        .allMatch("CLOSED"::equals));
        FakeSources.NAMES.forEach(name -> FakeSources.server(name).resetRequests());
        spans.keep(trace);
    }

    @Test
    void readinessAndTheRoomThatIsLeftAreThoseOfTheStore() {
        assertThat(ready.stream().map(HealthCheck::call).map(HealthCheckResponse::getName))
                .contains("Store of reports and call-backs");
        assertThat(metrics.get("mailtrace.disk.free").tag("of", "store").gauge().value())
                .isPositive();
    }

    @Test
    void theCallersTraceGoesThroughTheGatewayToEverySource() {
        // when
        asking().get("/traces?recipient=canary@rivercounty.example").then().statusCode(200);

        // then
        List<SpanData> all = spans.of(trace, some -> some.stream().anyMatch(ObservedTest::isServer));
        SpanData server =
                all.stream().filter(ObservedTest::isServer).findFirst().orElseThrow();
        assertThat(server.getParentSpanId()).isEqualTo(CALLER);
        assertThat(server.getName()).isEqualTo("GET /traces");
        List<String> calls = all.stream()
                .filter(span -> span.getKind() == SpanKind.CLIENT)
                .filter(span -> span.getParentSpanId().equals(server.getSpanId()))
                .map(SpanData::getSpanId)
                .toList();
        for (String source : FakeSources.NAMES) {
            List<LoggedRequest> asked = FakeSources.server(source).findAll(anyRequestedFor(anyUrl()));
            assertThat(asked).as(source).isNotEmpty().allSatisfy(request -> {
                String[] parts = request.getHeader("traceparent").split("-", -1);
                assertThat(parts[1]).isEqualTo(trace);
                assertThat(calls).contains(parts[2]);
                assertThat(request.getHeader("baggage")).isNull();
            });
        }
    }

    @Test
    void spansAndLogLinesTellNothingOfWhatWasAskedAndLogLinesWhichRequestItWas() {
        try (Logged logged = Logged.listen()) {
            // given
            FakeSources.answers(
                    "archive",
                    "ANSWERED",
                    FakeSources.observation(
                            "4711-canary-id",
                            Duration.ofHours(1),
                            "<canary@contoso.example>",
                            FakeSources.recipient("canary@rivercounty.example", "DELIVERED", Duration.ofHours(1), "")));
            FakeSources.does("proofpoint", aResponse().withStatus(500).withBody("canary"));

            // when
            asking().get("/traces?recipient=canary@rivercounty.example&sender=*@contoso.example&subject=canary");
            asking().get("/traces?recipient=canary@@rivercounty.example&ticket=canary");
            asking().get("/traces/canary@rivercounty.example");
            asking().get("/canary@rivercounty.example/4711-canary-id?canary");
            asking().get("/reports/4711-canary-id");
            asking().body("{\"recipient\": \"canary@rivercounty.example\"}")
                    .contentType("application/json")
                    .post("/traces/search");
            given().header("traceparent", parent()).get("/traces?recipient=canary@rivercounty.example");

            // then
            List<SpanData> all = spans.of(
                    trace, some -> some.stream().filter(ObservedTest::isServer).count() == 7);
            assertThat(all)
                    .allSatisfy(span -> assertThat(RecordedSpans.text(span)).doesNotContain(CANARIES));
            assertThat(logged.ours())
                    .allSatisfy(line -> assertThat(line.text() + line.facts()).doesNotContain(CANARIES));
            assertThat(logged.ours())
                    .filteredOn(line -> line.text().contains("source refused the question source=proofpoint"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line.facts())
                            .containsEntry("requestId", "observed-1")
                            .containsEntry("traceId", trace)
                            .containsKey("spanId"));
        }
    }

    private RequestSpecification asking() {
        return given().auth()
                .oauth2(TOKEN)
                .header("traceparent", parent())
                .header("baggage", "who=canary")
                .header("X-Request-Id", "observed-1")
                .header("X-Forwarded-For", "192.0.2.7");
    }

    private String parent() {
        return "00-" + trace + "-" + CALLER + "-01";
    }

    private static boolean isServer(SpanData span) {
        return span.getKind() == SpanKind.SERVER;
    }
}
