package org.mailtrace.gateway.limit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.mailtrace.gateway.FakeSources;
import org.mailtrace.testkit.TcpFront;

@QuarkusTest
@TestProfile(CallerLimitsTest.FewRequests.class)
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
@DisplayName("F20: more requests than are admitted")
class CallerLimitsTest {
    /** Few requests a minute, and fewer at once. */
    public static final class FewRequests implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mailtrace.callers.requests-per-minute",
                    "5",
                    "mailtrace.callers.requests-at-once",
                    "2",
                    "mailtrace.deadline",
                    "20s",
                    "mailtrace.sources.archive.guard.timeout",
                    "18s");
        }
    }

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void nobodyIsBeingServed() {
        FakeSources.allEmpty();
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            Gauge underway = metrics.find("mailtrace.gateway.requests.underway").gauge();
            return underway == null || underway.value() == 0;
        });
    }

    @Test
    void refusesACallerWhoAsksTooOftenAndNobodyElse() {
        // given
        List<Response> five =
                IntStream.range(0, 5).mapToObj(i -> ask("eager", "/sources")).toList();

        // when
        Response sixth = ask("eager", "/sources");

        // then
        assertThat(five).extracting(Response::statusCode).containsOnly(200);
        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.contentType()).startsWith("application/problem+json");
        assertThat(Integer.parseInt(sixth.header("Retry-After"))).isBetween(1, 60);
        assertThat(sixth.jsonPath().getString("type")).endsWith("/too-many-requests");
        assertThat(ask("patient", "/sources").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesAtOnceWhatItCannotWorkOnAndTakesNewRequestsWhenOthersEnd() throws Exception {
        // given that no circuit is open any more
        await().atMost(Duration.ofMinutes(1))
                .until(() -> ask("early-" + UUID.randomUUID(), "/traces?recipient=ana@rivercounty.example")
                        .asString()
                        .contains("\"complete\":true"));
        CountDownLatch othersAreAnswered = new CountDownLatch(1);
        byte[] body = FakeSources.answer("archive", "ANSWERED", "", "").getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        FakeSources.front("archive").suffer(client -> {
            TcpFront.readHead(client);
            othersAreAnswered.await();
            client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().write(body);
        });

        // when
        List<Response> first = new ArrayList<>();
        List<Response> last = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<Response> crowd = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < 6; i++) {
                String name = "crowd-" + i;
                crowd.submit(() -> ask(name, "/traces?recipient=ana@rivercounty.example"));
            }
            for (int i = 0; i < 4; i++) {
                first.add(crowd.take().get());
            }
            othersAreAnswered.countDown();
            for (int i = 0; i < 2; i++) {
                last.add(crowd.take().get());
            }
        }

        // then
        assertThat(first).allSatisfy(response -> {
            assertThat(response.asString()).contains("/problems/overloaded");
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.header("Retry-After")).isEqualTo("1");
        });
        assertThat(last).allSatisfy(response -> assertThat(response.asString()).contains("\"complete\":true"));
        assertThat(ask("late", "/sources").statusCode()).isEqualTo(200);
    }

    @Test
    void tenTimesTheRateIsRefusedBeforeAnySourceIsAsked() {
        // when
        List<Integer> statuses = IntStream.range(0, 50)
                .mapToObj(i -> ask("flood", "/traces?recipient=ana@rivercounty.example")
                        .statusCode())
                .toList();

        // then
        long answered = statuses.stream().filter(status -> status == 200).count();
        assertThat(statuses).containsOnly(200, 429);
        assertThat(answered).isBetween(5L, 15L);
        assertThat(FakeSources.questions("archive")).isEqualTo((int) answered);
    }

    @Test
    void countsOnlyThoseWhoMayAsk() {
        List<Integer> statuses = IntStream.range(0, 8)
                .mapToObj(i -> given().get("/sources").statusCode())
                .toList();

        assertThat(statuses).containsOnly(401);
    }

    private static Response ask(String caller, String path) {
        return given().auth()
                .oauth2(OidcWiremockTestResource.getAccessToken(caller, Set.of("trace-reader")))
                .get(path);
    }
}
