package org.mailtrace.k8s;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prometheus' own check of rules, and its tests of them. Without it a check is skipped. */
record Promtool(String folder) {
    private static final Tool TOOL = new Tool("promtool", "install it, for example with Debian's package prometheus.");
    private static final String GROUPS = "groups";

    /** Whether the rules can be read. */
    Tool.Result check(JsonNode rules) {
        return TOOL.run("check", "rules", write("rules.yaml", rules));
    }

    /**
     * Runs what is asked of these alerts. Each is given with its own cases alone, since otherwise all of them would be
     * evaluated in every minute of each case, which takes a minute instead of seconds.
     *
     * @param cases a file of tests as promtool knows it
     */
    Tool.Result test(JsonNode rules, JsonNode cases) {
        Set<String> known = rules.findValuesAsText("alert").stream().collect(Collectors.toSet());
        Map<Set<String>, List<JsonNode>> byAlerts = Cluster.each(cases.path("tests"))
                .filter(test -> known.containsAll(asked(test)))
                .collect(Collectors.groupingBy(Promtool::asked));
        Stream<Path> files = byAlerts.entrySet().stream().map(each -> {
            String name = String.join("-", each.getKey());
            Path own = write(name + ".yaml", only(each.getKey(), rules));
            ObjectNode file = cases.deepCopy();
            file.putArray("rule_files").add(own.getFileName().toString());
            file.putArray("tests").addAll(each.getValue());
            return write(name + "-test.yaml", file);
        });
        return TOOL.run(Stream.concat(Stream.of("test", "rules"), files).toArray());
    }

    private static Set<String> asked(JsonNode test) {
        return Cluster.each(test.path("alert_rule_test"))
                .map(question -> question.path("alertname").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode only(Set<String> alerts, JsonNode rules) {
        ObjectNode some = Cluster.JSON.createObjectNode();
        ArrayNode own = some.putArray(GROUPS).addObject().put("name", "alerts").putArray("rules");
        Cluster.each(rules.path(GROUPS))
                .flatMap(group -> Cluster.each(group.path("rules")))
                .filter(rule -> alerts.contains(rule.path("alert").asText()))
                .forEach(own::add);
        return some;
    }

    /** JSON is YAML. */
    private Path write(String name, JsonNode content) {
        assumeThat(TOOL.isThere()).as(TOOL.missing()).isTrue();
        try {
            Path all = Files.createDirectories(Tool.ROOT.resolve("k8s/target").resolve(folder));
            return Files.writeString(all.resolve(name), content.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
