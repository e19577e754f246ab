package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.yaml.snakeyaml.Yaml;

/** Dashboard and alerts, asked of a real Prometheus that scrapes the running Mailtrace. */
@ExtendWith(RunningMailtrace.class)
@ResourceLock(value = RunningMailtrace.IT, mode = ResourceAccessMode.READ)
class DashboardIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COUNTED_ONLY = Pattern.compile("(?m)^\\| `(\\w+)` \\|[^|]*\\| when counted \\|");

    @TempDir
    private static Path folder;

    private static PrometheusServer prometheus;

    @BeforeAll
    static void scrape() throws IOException {
        assumeThat(PrometheusServer.isThere()).as(PrometheusServer.MISSING).isTrue();
        prometheus = new PrometheusServer(folder, rules());
        prometheus.awaitFirstScrapes();
        Story.all().stream().limit(5).forEach(story -> Gateway.trace(story.ask()));
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    @Test
    void everyPanelHasDataOnceQuestionsWereAsked() throws IOException {
        // given
        Set<String> mayBeMissing = COUNTED_ONLY
                .matcher(text("docs/operations/metrics.md"))
                .results()
                .map((MatchResult row) -> row.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> queries = new ArrayList<>();
        panels(JSON.readTree(text("docs/operations/grafana-dashboard.json"))).forEach(queries::addAll);
        assertThat(queries).hasSizeGreaterThan(40);

        // then: none is an error, and none is empty that speaks of what always happens
        List<String> full = queries.stream()
                .filter(query -> mayBeMissing.stream().noneMatch(query::contains) && !isOfTroubleOnly(query))
                .toList();
        assertThat(full).hasSizeGreaterThan(30);
        queries.forEach(prometheus::query);
        Awaitility.await("data")
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    SoftAssertions softly = new SoftAssertions();
                    full.forEach(query ->
                            softly.assertThat(prometheus.query(query)).as(query).isNotEmpty());
                    softly.assertAll();
                });
    }

    /** A share of what went wrong has no series as long as nothing did. */
    private static boolean isOfTroubleOnly(String query) {
        return query.contains("FAILED|TIMED_OUT|CIRCUIT_OPEN");
    }

    @Test
    void everyAlertCanBeEvaluatedAndNoneSaysThatAServiceIsMissing() {
        // when
        List<JsonNode> evaluated = Awaitility.await("rules are evaluated")
                .atMost(Duration.ofMinutes(1))
                .until(
                        () -> prometheus.rules(),
                        all -> !all.isEmpty()
                                && all.stream()
                                        .noneMatch(rule ->
                                                rule.path("health").asText().equals("unknown")));

        // then
        assertThat(evaluated).hasSizeGreaterThan(25).allSatisfy(rule -> {
            assertThat(rule.path("health").asText()).as(rule.toString()).isEqualTo("ok");
            assertThat(rule.path("lastError").asText()).isEmpty();
        });
        assertThat(evaluated)
                .filteredOn(rule -> rule.path("name").asText().matches("MailtraceService(Missing|Down)"))
                .hasSize(5)
                .allMatch(rule -> rule.path("state").asText().equals("inactive"));
    }

    private static List<List<String>> panels(JsonNode dashboard) {
        return Manifests.each(dashboard.path("panels"))
                .map(panel -> panel.findValuesAsText("expr").stream()
                        .map(query -> query.replace("$__rate_interval", "1m").replace("$namespace", "mailtrace"))
                        .toList())
                .toList();
    }

    /** The groups of all objects, as Prometheus' operator hands them on. */
    private static JsonNode rules() {
        ObjectNode rules = JSON.createObjectNode();
        ArrayNode groups = rules.putArray("groups");
        Stream.of("rules.yaml", "missing.yaml")
                .map(file -> text("k8s/components/prometheus/" + file))
                .forEach(text -> new Yaml()
                        .loadAll(text)
                        .forEach(object -> groups.addAll(
                                (ArrayNode) JSON.<JsonNode>valueToTree(object).at("/spec/groups"))));
        return rules;
    }

    private static String text(String path) {
        try {
            return Files.readString(Launcher.ROOT.resolve(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
