package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of the description are answers of the demonstration: asked again, it gives the same fields. Run with
 * MAILTRACE_GOLDEN=write in the environment to renew them. Some were kept by hand, because they need a gateway that is
 * short of something, {@code problems/429} (two requests in a minute) and {@code problems/503} (every source stopped), or
 * a report at a certain moment: the list, a cancelled one, and those that have no traces.
 */
@ExtendWith(RunningMailtrace.class)
@ResourceLock(value = RunningMailtrace.IT, mode = ResourceAccessMode.READ)
class ExamplesIT {
    private static final Path EXAMPLES = Launcher.ROOT.resolve("gateway-service/src/main/resources/examples");

    static Stream<Arguments> examples() {
        return Stream.of(
                example("searchTraces/200.json", () -> search("application/json")),
                example("searchTraces/200.sse", () -> search("text/event-stream")),
                example("searchTraces/200.ndjson", () -> search("application/x-ndjson")),
                example("searchTraces/200.csv", () -> search("text/csv")),
                example("searchTraces/202.json", ExamplesIT::searchLater),
                example("searchTraces/406.json", () -> search("application/xml")),
                example("searchTracesByBody/200.json", ExamplesIT::searchByBody),
                example("getTrace/200.json", () -> look("application/json")),
                example("getTrace/200.txt", () -> look("text/plain")),
                example("getTrace/200.md", () -> look("text/markdown")),
                example("createReport/202.json", ExamplesIT::order),
                example("getReport/200.json", () -> finished("", "application/json")),
                example("getReportTraces/200.json", () -> finished("/traces", "application/json")),
                example("getReportTraces/200.csv", () -> finished("/traces", "text/csv")),
                example("getReportTable/200.csv", () -> finished("/traces.csv", "text/csv")),
                example(
                        "listSources/200.json",
                        () -> helpDesk("application/json").get(Gateway.URL + "/sources")),
                example(
                        "resetCircuit/200.json",
                        () -> Gateway.as("operator")
                                .accept("application/json")
                                .post(Gateway.URL + "/sources/exchange-online/circuit/reset")),
                example(
                        "problems/400.json",
                        () -> helpDesk("application/json").get(Gateway.URL + "/traces?subject=ab&limit=0&colour=red")),
                example("problems/401.json", () -> asked(Gateway.anonymous()).get(Gateway.URL + "/traces")),
                example("problems/403.json", () -> asked(Gateway.as("nobody")).get(Gateway.URL + "/traces")),
                example("problems/404.json", () -> helpDesk("application/json").get(Gateway.URL + "/traces/abc")),
                example("problems/406.json", () -> helpDesk("application/xml").get(Gateway.URL + "/sources")),
                example(
                        "problems/415.json",
                        () -> helpDesk("application/json")
                                .contentType("text/plain")
                                .body("hello")
                                .post(Gateway.URL + "/traces/search")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void areWhatTheDemonstrationAnswers(String name, Supplier<Response> question) throws IOException {
        // when
        Response response = question.get();

        // then
        String answer = response.asString().replaceAll("localhost:" + Launcher.port(8080), "localhost:8080");
        boolean json = name.endsWith(".json");
        Path file = EXAMPLES.resolve(name);
        if ("write".equals(System.getenv("MAILTRACE_GOLDEN"))) {
            Files.writeString(file, json ? Gateway.parse(answer).toPrettyString() + "\n" : answer);
        }
        String kept = Files.readString(file);
        if (json) {
            assertThat(fields(Gateway.parse(answer))).isEqualTo(fields(Gateway.parse(kept)));
        } else {
            assertThat(answer).isNotBlank();
            assertThat(start(answer)).isEqualTo(start(kept));
        }
        assertThat(Integer.toString(response.statusCode()))
                .isEqualTo(file.getFileName().toString().substring(0, 3));
    }

    private static Arguments example(String name, Supplier<Response> question) {
        return arguments(name, question);
    }

    private static Response search(String type) {
        return asked(helpDesk(type)).get(Gateway.URL + "/traces");
    }

    private static Response searchLater() {
        return asked(helpDesk("application/json"))
                .header("Prefer", "respond-async, wait=0")
                .get(Gateway.URL + "/traces");
    }

    private static Response searchByBody() {
        try {
            return helpDesk("application/json")
                    .contentType("application/json")
                    .body(Files.readString(EXAMPLES.resolve("searchTracesByBody/request.json")))
                    .post(Gateway.URL + "/traces/search");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Response order() {
        try {
            return helpDesk("application/json")
                    .contentType("application/json")
                    .body(Files.readString(EXAMPLES.resolve("createReport/request.json")))
                    .post(Gateway.URL + "/traces/reports");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Response finished(String part, String type) {
        String report = Gateway.URL + "/traces/reports/" + order().path("id");
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> "COMPLETE"
                        .equals(helpDesk("application/json").get(report).path("status")));
        return helpDesk(type).get(report + part);
    }

    private static Response look(String type) {
        return helpDesk(type)
                .get(Gateway.URL + "/traces/" + search("application/json").path("traces[0].id"));
    }

    private static RequestSpecification helpDesk(String type) {
        return Gateway.as("helpdesk").accept(type);
    }

    private static RequestSpecification asked(RequestSpecification asking) {
        return asking.queryParam("sender", "offers@shop.example").queryParam("recipient", "ana@rivercounty.example");
    }

    /** Columns of a table, name of an event, title of a note. */
    private static String start(String text) {
        return text.lines().findFirst().orElseThrow().replaceAll("\\{\"event\":\"source\".*", "source");
    }

    /** Which fields there are; how the sources did in detail may change from one moment to the next. */
    private static Set<String> fields(JsonNode document) {
        Set<String> fields = new TreeSet<>();
        collect(document, "", fields);
        fields.removeIf(field -> field.startsWith("/sources/"));
        return fields;
    }

    private static void collect(JsonNode node, String place, Set<String> fields) {
        node.properties().forEach(entry -> {
            fields.add(place + "/" + entry.getKey());
            collect(entry.getValue(), place + "/" + entry.getKey(), fields);
        });
        if (node.isArray()) {
            node.forEach(element -> collect(element, place, fields));
        }
    }
}
