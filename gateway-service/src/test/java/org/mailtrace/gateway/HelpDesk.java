package org.mailtrace.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Somebody who asks the gateway while its sources misbehave. */
public final class HelpDesk {
    public static final String ANA = "ana@rivercounty.example";
    public static final String ID = "<d9683b4c@contoso.example>";
    public static final Duration FIVE_HOURS = Duration.ofHours(5);
    /** What callers bear: the deadline of the tests, and what a busy machine adds to it. */
    public static final Duration PATIENCE = Duration.ofSeconds(5 + 10);

    /** A circuit judges by its last six calls. */
    private static final int BREAKER_VOLUME = 6;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger ASKED = new AtomicInteger();
    private static final Map<Integer, String> TOKENS = new ConcurrentHashMap<>();

    private HelpDesk() {}

    /** All sources look and have nothing, and circuits have seen nothing but good answers. */
    public static void isCalm() {
        FakeSources.allEmpty();
        await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> ask().asString().contains("\"complete\":true"));
        for (int i = 1; i < BREAKER_VOLUME; i++) {
            ask();
        }
        FakeSources.NAMES.forEach(name -> FakeSources.server(name).resetRequests());
    }

    public static Response ask() {
        return ask(Map.of("recipient", ANA));
    }

    public static Response ask(Map<String, String> question) {
        return asReader().queryParams(question).get("/traces");
    }

    /** Somebody else now and then, because a caller may not ask for ever. */
    public static RequestSpecification asReader() {
        int number = ASKED.getAndIncrement() / 200;
        return given().auth().oauth2(TOKENS.computeIfAbsent(number, HelpDesk::token));
    }

    private static String token(int number) {
        return OidcWiremockTestResource.getAccessToken(
                "help-desk-" + number + UUID.randomUUID(), Set.of("trace-reader", "trace-operator"));
    }

    /** So many at the same moment. */
    public static List<Response> crowd(int size) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> asked = Stream.generate(() -> threads.submit(() -> ask()))
                    .limit(size)
                    .toList();
            List<Response> answers = new ArrayList<>();
            for (Future<Response> answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    public static String stateOf(Response answer, String source) {
        return of(answer, source).path("state").asText();
    }

    /** Quicker than a path that is compiled for every look. */
    private static JsonNode of(Response answer, String source) {
        for (JsonNode each : json(answer).path("sources")) {
            if (each.path("source").asText().equals(source)) {
                return each;
            }
        }
        throw new AssertionError(source + " is not in " + answer.asString());
    }

    private static JsonNode json(Response answer) {
        try {
            return JSON.readTree(answer.asString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(answer.asString(), e);
        }
    }

    /** As the list of sources shows it. */
    public static String circuitOf(String source) {
        return asReader()
                .get("/sources")
                .jsonPath()
                .getString("sources.find { it.source == '" + source + "' }.circuit");
    }

    /** The archive has a message for Ana, so that it can be seen whether the rows of those who live are there. */
    public static void archiveHasARow() {
        FakeSources.answers("archive", "ANSWERED", delivered("a1"));
    }

    public static String delivered(String id) {
        return FakeSources.observation(id, FIVE_HOURS, ID, FakeSources.recipient(ANA, "DELIVERED", FIVE_HOURS, ""));
    }

    /** Others' rows are there, the one that failed is named, and nothing is said about what only it could know. */
    public static void assertNamed(Response answer, String source, String title, String... states) {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        JsonNode json = json(answer);
        assertThat(stateOf(answer, source))
                .as(source + " in " + answer.asString())
                .isIn((Object[]) states);
        assertThat(json.path("complete").asBoolean()).isFalse();
        assertThat(json.path("summary").asText()).contains(title).doesNotContain("No message found");
        assertThat(answer.asString()).doesNotContain("Exception", "org.mailtrace", "<html");
    }
}
