package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** What one overlay of {@code k8s/} puts into a cluster, as kustomize renders it. */
record Manifests(List<JsonNode> objects) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static Manifests of(String overlay) {
        Launcher.Result rendered = Launcher.execute(
                List.of(
                        "kubectl",
                        "kustomize",
                        Launcher.ROOT.resolve("k8s/overlays/" + overlay).toString()),
                Map.of());
        assertThat(rendered.exitCode()).as(rendered.output()).isZero();
        List<JsonNode> objects = new ArrayList<>();
        new Yaml().loadAll(rendered.output()).forEach(document -> objects.add(JSON.valueToTree(document)));
        return new Manifests(objects);
    }

    /** The pods of all deployments, by their names. */
    Stream<JsonNode> deployments() {
        return objects.stream().filter(each -> each.path("kind").asText().equals("Deployment"));
    }

    /** The content of a ConfigMap or Secret, unless somebody else has to make it. */
    Optional<JsonNode> content(String kind, String name) {
        return objects.stream()
                .filter(each -> each.path("kind").asText().equals(kind)
                        && each.at("/metadata/name").asText().equals(name))
                .findFirst();
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
