package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class AlertsTest {
    private static final String FOLDER = "k8s/components/prometheus/";
    private static final String RUNBOOKS = "docs/operations/runbooks/";

    /** All but the divisor of a quotient, which has the labels of what it divides, and the names of labels. */
    private static final Pattern FOREIGN = Pattern.compile(
            "(?<!/ )\\b(?:up|(?:http_server|ft|process|jvm)_\\w+|db_(?!\\w+_(?:pool_name|state)\\b)\\w+)(?:\\{[^}]*}|\\b(?=[ )\\[]))");

    private static final String BASE = "https://mailtrace.example/";

    private final JsonNode rules = rules();

    /** The groups of all objects, as Prometheus sees them. */
    private static JsonNode rules() {
        ArrayNode groups = Cluster.JSON.createArrayNode();
        Stream.of("rules.yaml", "missing.yaml")
                .flatMap(file -> Cluster.parse(Metrics.text(FOLDER + file)).objects().stream())
                .forEach(object -> object.at("/spec/groups").forEach(groups::add));
        return Cluster.JSON.createObjectNode().set("groups", groups);
    }

    @Test
    void everyAlertFiresForWhatItIsThereForAndIsSilentOtherwise() {
        // when
        Tool.Result result = new Promtool("alerts").test(rules, cases());

        // then
        assertThat(result.succeeded()).as(result.output() + result.errors()).isTrue();
    }

    @Test
    void alertsThatWereSpoiltAreNoticed() throws IOException {
        // given
        String text = rules.toString();
        String spoilt = text.replace("> 0.5", "> 0.99")
                .replace("read_age_seconds) > 300", "read_age_seconds) > 30000")
                .replace("DENIED", "DENY")
                .replace("< 15", "< 1")
                .replace(" != max by (namespace, server)", " > max by (namespace, server)")
                .replace(" != min by (namespace, server)", " > min by (namespace, server)")
                .replace(
                        "absent(up{job=\\\"mailtrace-proofpoint\\\",namespace=\\\"mailtrace\\\"})",
                        "up{job=\\\"mailtrace-proofpoint\\\"} == 0")
                .replace("sum by (namespace, source)", "sum by (source)")
                .replace(
                        "max by (namespace, server) (mailtrace_onprem_m",
                        "sum by (namespace, server) (mailtrace_onprem_m")
                .replace("job=\\\"mailtrace-gateway\\\",outcome", "job=~\\\".*gateway\\\",outcome")
                .replace("pending_requests{job=~\\\"mailtrace-.+\\\"}", "pending_requests")
                .replace(" unless ", " or ");

        // when
        Tool.Result result = new Promtool("spoilt-alerts").test(Cluster.JSON.readTree(spoilt), cases());

        // then
        assertThat(result.succeeded()).isFalse();
        assertThat(result.output() + result.errors())
                .contains(
                        "MailtraceSourceNotAnswering fires",
                        "MailtraceTrackingLogsBehind fires",
                        "MailtraceSourceDenied fires",
                        "MailtraceQuotaLow fires",
                        "MailtraceServiceMissing fires",
                        "MailtraceTrackingLogsNeverRead fires",
                        "MailtraceReportsStuck is silent",
                        "MailtraceSourceNotAnswering is silent where another installation has many answers",
                        "MailtraceTrackingLogsIncomplete counts what all replicas see once",
                        "MailtraceGatewayFailing is silent where another gateway fails",
                        "MailtraceConnectionsRunOut fires",
                        "MailtraceConnectionsRunOut is silent for peaks, and where another product's pool is full");
    }

    @Test
    void everyAlertIsTestedBothWays() {
        // when
        Set<String> tested = Cluster.each(cases().path("tests"))
                .flatMap(test -> Cluster.each(test.path("alert_rule_test")))
                .map(test -> test.path("alertname").asText() + " "
                        + !test.path("exp_alerts").isEmpty())
                .collect(Collectors.toSet());

        // then
        assertThat(tested)
                .isEqualTo(alerts().flatMap(alert -> Stream.of(name(alert) + " true", name(alert) + " false"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyAlertHasARunbookAndEveryRunbookAnAlert() throws IOException {
        // given
        String contents = Metrics.text(RUNBOOKS + "README.md");

        // when
        List<String> alerts = alerts().map(AlertsTest::name).distinct().sorted().toList();

        // then
        try (Stream<Path> files = Files.list(Tool.ROOT.resolve(RUNBOOKS))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> !file.equals("README.md"))
                            .sorted())
                    .containsExactlyElementsOf(
                            alerts.stream().map(alert -> alert + ".md").toList());
        }
        alerts().forEach(alert -> {
            String runbook = RUNBOOKS + name(alert) + ".md";
            assertThat(alert.at("/annotations/runbook_url").asText()).isEqualTo(BASE + runbook);
            assertThat(Metrics.text(runbook))
                    .contains("# " + name(alert), "## Look", "## Do", "## Over when")
                    .as("the condition in the runbook is the rule's")
                    .contains(alert.path("expr").asText());
            assertThat(contents).contains("(" + name(alert) + ".md)");
        });
    }

    @Test
    void everyLinkLeadsToTheSitesOwnCopyAndEveryObjectIsLabelledForThePrometheusThatSelects() {
        // when
        Cluster cluster = Overlay.PRODUCTION.build();

        // then
        String copy = cluster.the("PrometheusRule", "mailtrace")
                .at("/metadata/annotations/documentation")
                .asText();
        assertThat(copy).startsWith("https://").doesNotStartWith(BASE);
        assertThat(cluster.of("PrometheusRule").flatMap(object -> object.findValuesAsText("runbook_url").stream()))
                .hasSizeGreaterThan(20)
                .allMatch(link -> link.startsWith(copy + "/operations/runbooks/Mailtrace"));
        assertThat(Stream.concat(cluster.of("PrometheusRule"), cluster.of("ServiceMonitor")))
                .hasSize(6)
                .allMatch(object -> object.at("/metadata/labels").has("release"));
    }

    @Test
    void whoseServiceIsTakenOutIsNotMissed() {
        // when
        Stream<String> missed = Overlay.WITHOUT_TWO
                .build()
                .of("PrometheusRule")
                .flatMap(object -> object.findValuesAsText("expr").stream())
                .filter(expression -> expression.startsWith("absent("));

        // then
        assertThat(missed)
                .containsExactlyInAnyOrder(
                        "absent(up{job=\"mailtrace-gateway\",namespace=\"mailtrace\"})",
                        "absent(up{job=\"mailtrace-exo\",namespace=\"mailtrace\"})");
    }

    @Test
    void aServiceIsMissedInTheNamespaceThatTheSiteNames() {
        // when
        Stream<String> missed = Overlay.PRODUCTION
                .build()
                .of("PrometheusRule")
                .flatMap(object -> object.findValuesAsText("expr").stream())
                .filter(expression -> expression.startsWith("absent("));

        // then
        assertThat(missed)
                .hasSize(4)
                .allMatch(expression ->
                        expression.matches("absent\\(up\\{job=\"mailtrace-[a-z-]+\",namespace=\"mailtrace\"}\\)"));
    }

    @Test
    void noJobOfAnotherProductIsTakenForOurs() {
        // when
        Set<String> selectors = Stream.concat(
                        alerts().map(alert -> alert.path("expr").asText()),
                        json("docs/operations/grafana-dashboard.json").path("panels").findValuesAsText("expr").stream())
                .flatMap(query -> FOREIGN.matcher(query).results().map(MatchResult::group))
                .collect(Collectors.toSet());

        // then: metrics that others have as well are asked for by our jobs
        assertThat(selectors).hasSizeGreaterThan(10).allMatch(selector -> selector.matches(".*job=~?\"mailtrace-.*"));
    }

    @Test
    void alertsAndDashboardAskForMetricsThatThereAre() {
        // given
        Set<String> promised = Metrics.promised();
        JsonNode dashboard = json("docs/operations/grafana-dashboard.json");

        // when
        Set<String> asked = new TreeSet<>();
        alerts().forEach(alert ->
                asked.addAll(Metrics.askedFor(alert.path("expr").asText())));
        dashboard.path("panels").findValuesAsText("expr").forEach(query -> asked.addAll(Metrics.askedFor(query)));

        // then
        assertThat(asked).hasSizeGreaterThan(30).isSubsetOf(promised);
        assertThat(Metrics.askedFor("sum by (source) (rate(mailtrace_nothing_total{state=\"a_b\"}[5m]))"))
                .containsExactly("mailtrace_nothing_total");
    }

    @Test
    void whateverAnAlertWatchesIsOnTheDashboardToo() {
        // when
        Set<String> shown = new TreeSet<>();
        json("docs/operations/grafana-dashboard.json")
                .path("panels")
                .findValuesAsText("expr")
                .forEach(query -> shown.addAll(Metrics.askedFor(query)));

        // then
        assertThat(alerts())
                .hasSizeGreaterThan(25)
                .allSatisfy(alert -> assertThat(shown)
                        .as(name(alert))
                        .containsAll(Metrics.askedFor(alert.path("expr").asText())));
    }

    @Test
    void everyQueryOfTheDashboardIsReadByPrometheus() {
        // given
        ArrayRules queries = new ArrayRules();
        json("docs/operations/grafana-dashboard.json")
                .path("panels")
                .findValuesAsText("expr")
                .forEach(queries::add);

        // when
        Tool.Result result = new Promtool("dashboard").check(queries.groups());

        // then
        assertThat(result.succeeded()).as(result.output() + result.errors()).isTrue();
    }

    /** Queries as recording rules, because promtool checks only rules. */
    private static final class ArrayRules {
        private final ArrayNode rules = Cluster.JSON.createArrayNode();

        void add(String query) {
            rules.addObject()
                    .put("record", "q:" + rules.size())
                    .put("expr", query.replace("$__rate_interval", "5m").replace("$namespace", ".*"));
        }

        JsonNode groups() {
            var groups = Cluster.JSON.createObjectNode();
            groups.putArray("groups").addObject().put("name", "dashboard").set("rules", rules);
            return groups;
        }
    }

    private Stream<JsonNode> alerts() {
        return Cluster.each(rules.path("groups")).flatMap(group -> Cluster.each(group.path("rules")));
    }

    private static String name(JsonNode alert) {
        return alert.path("alert").asText();
    }

    private static JsonNode cases() {
        return Cluster.JSON.valueToTree(new Yaml().load(Metrics.text(FOLDER + "rules-test.yaml")));
    }

    private static JsonNode json(String path) {
        try {
            return Cluster.JSON.readTree(Metrics.text(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
