package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mailtrace.testkit.TcpFront;

/** A service that has the log stream alone tells of every story what one that asks Smart Search tells. */
@ExtendWith(RunningMailtrace.class)
@Order(4)
class LogStreamIT {
    private static final List<String> TYPES = List.of("message", "maillog");
    /** What SIGKILL leaves behind; SIGTERM leaves 143. */
    private static final int BY_FORCE = 137;

    private static final Pattern GAP = Pattern.compile("records from (\\S+) to (\\S+) may not all be here");
    /**
     * How long after its end an hour is read from the archive, the default of {@code mailtrace.proofpoint.stream.hour-ready}.
     * Less would make this wait for an hour that the service rightly leaves until later.
     */
    private static final Duration HOUR_READY = Duration.ofMinutes(15);

    /**
     * Fields in which both honestly differ. Smart Search has no From header, so that it cannot tell of one that differs
     * from the envelope's sender, and what to do next says whose address it names; it has other columns than the stream, which stand raw in the events; and whether all parts of a split
     * message are known is claimed more carefully by the stream.
     */
    private static final Set<String> DIFFERING = Set.of(
            "headerFrom",
            "recipients.explanation",
            "recipients.nextAction",
            "events.raw.name",
            "events.raw.value",
            "recipientsComplete");

    /** In front of the stand-in's log stream, so that nobody else's breaks. */
    private static TcpFront toTheStream;

    private static SecondService smartSearch;
    private static SecondService logStream;
    /** Up to here the archive can have been read; what is newer waits for its hour to end. */
    private static Instant settled;

    /** Killed in the middle of its back-fill, and then told to end in the same, it must still end with everything once. */
    @BeforeAll
    static void readTheArchive() throws IOException {
        toTheStream = new TcpFront(Launcher.port(8090));
        smartSearch = SecondService.starting(
                "proofpoint",
                8084,
                Map.of(
                        "mailtrace.proofpoint.ask", "smart-search",
                        // The services of ./mailtrace export by gRPC, the default.
                        "quarkus.otel.sdk.disabled", "false",
                        "quarkus.otel.bsp.schedule.delay", "500ms",
                        "quarkus.otel.exporter.otlp.protocol", "http/protobuf",
                        "quarkus.otel.exporter.otlp.endpoint", Collector.url()));
        Path index = Launcher.HOME.resolve(
                "run/log-stream-it-" + ProcessHandle.current().pid() + "/index.db");
        assertThat(index.getParent().toFile().mkdirs()).isTrue();
        logStream = new SecondService(
                "proofpoint",
                8085,
                Map.of(
                        "mailtrace.proofpoint.ask", "log-stream",
                        "mailtrace.proofpoint.index-file", index.toString(),
                        "mailtrace.proofpoint.stream.url", "ws://localhost:" + toTheStream.port() + "/proofpoint",
                        "mailtrace.proofpoint.stream.token", "demo-only-stream-c",
                        "mailtrace.proofpoint.stream.archive-token", "demo-only-stream-d",
                        // So that a test need not wait minutes to see that nothing comes any more.
                        "mailtrace.proofpoint.stream.ping-every", "1s",
                        "mailtrace.proofpoint.stream-settling-time", "5s",
                        "mailtrace.proofpoint.stream.longest-wait", "2s"));
        settled = Instant.now().minus(HOUR_READY).truncatedTo(ChronoUnit.HOURS);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> TYPES.stream().anyMatch(type -> gaps(type).size() > 1));
        logStream.kill();
        logStream.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> TYPES.stream().noneMatch(type -> gaps(type).isEmpty()));
        assertThat(logStream.end()).as("it ends by itself").isNotEqualTo(BY_FORCE);
        logStream.start();
        awaitBackfill();
        smartSearch.awaitReadiness();
    }

    @AfterAll
    static void stop() {
        smartSearch.end();
        logStream.close();
        smartSearch.close();
        toTheStream.stop();
    }

    @AfterEach
    void mend() {
        toTheStream.recover();
    }

    @Test
    void tellsOfEveryStoryWhatSmartSearchTells() {
        SoftAssertions softly = new SoftAssertions();
        Set<String> differing = new TreeSet<>();
        int compared = 0;
        for (Story story : Story.all()) {
            Map<String, String> question = question(story);
            Map<String, JsonNode> expected = observations(smartSearch.trace(question));
            Map<String, JsonNode> told = observations(logStream.trace(question));
            softly.assertThat(expected.keySet())
                    .as("nothing that Smart Search does not know, of " + story)
                    .containsAll(told.keySet());
            for (Map.Entry<String, JsonNode> each : expected.entrySet()) {
                if (!Instant.parse(each.getValue().path("lastSeen").asText()).isBefore(settled)) {
                    continue;
                }
                compared++;
                JsonNode other = told.get(each.getKey());
                softly.assertThat(other).as(each.getValue() + " of " + story).isNotNull();
                if (other != null) {
                    softly.assertThat(other.path("recipientsComplete").asBoolean()
                                    && !each.getValue()
                                            .path("recipientsComplete")
                                            .asBoolean())
                            .as("claims more recipients than Smart Search of " + story)
                            .isFalse();
                    compare(softly, story, each.getValue(), other, differing);
                }
            }
        }
        softly.assertAll();
        assertThat(compared).as("messages that were compared").isGreaterThanOrEqualTo(20);
        assertThat(differing).as("fields that differ").contains("headerFrom").isSubsetOf(DIFFERING);
    }

    @Test
    void spansReachACollectorByHttpAsWell() {
        // when
        smartSearch.trace(Map.of("recipient", "ana@rivercounty.example"));

        // then
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(Collector.exporters()).contains("http/protobuf mailtrace-proofpoint"));
    }

    @Test
    void losesAndDoublesNothingWhenItIsKilled() {
        // given
        Map<Story, Map<String, String>> questions = new LinkedHashMap<>();
        Story.all().forEach(story -> questions.put(story, question(story)));
        Map<Story, JsonNode> before = new LinkedHashMap<>();
        questions.forEach(
                (story, question) -> before.put(story, logStream.trace(question).path("observations")));

        // when
        logStream.kill();
        logStream.start();
        awaitBackfill();

        // then
        SoftAssertions softly = new SoftAssertions();
        questions.forEach(
                (story, question) -> softly.assertThat(logStream.trace(question).path("observations"))
                        .as(story.toString())
                        .isEqualTo(before.get(story)));
        softly.assertAll();
    }

    @Test
    void neverSaysThatThereIsNothingWhileTheStreamIsBroken() {
        // given a stream that is open again, should the service have been killed just now
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            JsonNode answer = logStream.trace(nobodySinceTheLastGap());
            assertThat(answer.path("state").asText()).as(answer.toString()).isEqualTo("ANSWERED");
        });
        Map<String, String> nobody = nobodySinceTheLastGap();

        // when
        toTheStream.suffer(TcpFront.refuse());

        // then
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode answer = logStream.trace(nobody);
            assertThat(answer.path("state").asText()).as(answer.toString()).isEqualTo("PARTIAL");
            assertThat(part(answer, "message").path("state").asText())
                    .as(answer.toString())
                    .isEqualTo("PARTIAL");
            assertThat(part(answer, "message").path("explanation").asText()).contains("cannot be reached");
        });
        for (String type : TYPES) {
            assertThat(part(logStream.info(), type).path("state").asText()).isEqualTo("PARTIAL");
        }

        // when
        mend();

        // then what came meanwhile is still not claimed to be here
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode answer = logStream.trace(nobody);
            assertThat(answer.path("state").asText()).as(answer.toString()).isEqualTo("PARTIAL");
            assertThat(part(answer, "message").path("explanation").asText())
                    .contains("interrupted")
                    .doesNotContain("cannot be reached");
        });
    }

    private static Map<String, String> nobodySinceTheLastGap() {
        Instant from = TYPES.stream()
                .flatMap(type -> gaps(type).stream())
                .map(Gap::to)
                .max(Comparator.naturalOrder())
                .orElseThrow()
                .plusSeconds(1);
        return Map.of("recipient", "nobody@rivercounty.example", "from", from.toString());
    }

    private static void compare(
            SoftAssertions softly, Story story, JsonNode expected, JsonNode told, Set<String> differing) {
        Map<String, List<String>> one = fields(expected);
        Map<String, List<String>> other = fields(told);
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        for (String name : names) {
            if (!one.getOrDefault(name, List.of()).equals(other.getOrDefault(name, List.of()))) {
                differing.add(name);
                if (!DIFFERING.contains(name)) {
                    softly.assertThat(other.get(name)).as(name + " of " + story).isEqualTo(one.get(name));
                }
            }
        }
    }

    /** Every value under the path of its name, without places in lists. */
    private static Map<String, List<String>> fields(JsonNode node) {
        Map<String, List<String>> fields = new TreeMap<>();
        collect("", node, fields);
        return fields;
    }

    private static void collect(String path, JsonNode node, Map<String, List<String>> fields) {
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> collect(
                            path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), fields));
        } else if (node.isArray()) {
            node.forEach(each -> collect(path, each, fields));
        } else {
            fields.computeIfAbsent(path, key -> new ArrayList<>()).add(node.asText());
        }
    }

    private static Map<String, JsonNode> observations(JsonNode answer) {
        Map<String, JsonNode> observations = new HashMap<>();
        for (JsonNode each : answer.path("observations")) {
            assertThat(observations.put(each.path("sourceId").asText(), each))
                    .as("twice in " + answer)
                    .isNull();
        }
        return observations;
    }

    /** With an end, so that both are asked the same. */
    private static Map<String, String> question(Story story) {
        Map<String, String> question = new HashMap<>(story.ask());
        question.putIfAbsent("to", Instant.now().toString());
        question.put("include", "events,recipients,related");
        return question;
    }

    private static void awaitBackfill() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> TYPES.stream().allMatch(LogStreamIT::isFilled));
    }

    private static boolean isFilled(String type) {
        List<Gap> gaps = gaps(type);
        return !gaps.isEmpty() && gaps.stream().noneMatch(gap -> gap.from().isBefore(settled));
    }

    private static List<Gap> gaps(String type) {
        return GAP.matcher(part(logStream.info(), type).path("explanation").asText())
                .results()
                .map(found -> new Gap(Instant.parse(found.group(1)), Instant.parse(found.group(2))))
                .toList();
    }

    private static JsonNode part(JsonNode answer, String type) {
        for (JsonNode part : answer.path("parts")) {
            if (part.path("name").asText().equals("log-stream/" + type)) {
                return part;
            }
        }
        throw new AssertionError("no part for " + type + " in " + answer);
    }

    private record Gap(Instant from, Instant to) {}
}
