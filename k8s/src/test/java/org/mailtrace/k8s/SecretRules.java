package org.mailtrace.k8s;

import static org.mailtrace.k8s.Rule.unless;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Secrets are named, never written down. */
final class SecretRules {
    private static final Pattern SECRET = Pattern.compile("(?i).*(secret|password|token|key)$");

    private SecretRules() {}

    static Stream<Rule> all() {
        return Stream.of(
                new Rule("no secret's value is in the manifests, but for the demonstration's", SecretRules::objects),
                new Rule("variables take secrets by reference", SecretRules::variables),
                new Rule("settings hold no secret", SecretRules::settings));
    }

    private static Stream<String> objects(Cluster cluster) {
        boolean demo = cluster.of("Deployment", "keycloak").findAny().isPresent();
        return demo ? Stream.empty() : cluster.of("Secret").map(Cluster::name);
    }

    private static Stream<String> variables(Cluster cluster) {
        return cluster.workloads()
                .flatMap(each -> each.containers().flatMap(container -> Cluster.each(container.path("env"))))
                .filter(variable ->
                        SECRET.matcher(variable.path("name").asText()).matches())
                .flatMap(variable -> unless(
                        variable.at("/valueFrom/secretKeyRef").has("key"),
                        variable.path("name").asText() + " is written down"));
    }

    private static Stream<String> settings(Cluster cluster) {
        return cluster.of("ConfigMap")
                .flatMap(map -> Cluster.each(map.path("data"))
                        .flatMap(file -> file.asText().lines())
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.split("=", 2)[0])
                        .filter(key -> SECRET.matcher(key).matches())
                        .map(key -> Cluster.name(map) + " holds " + key));
    }
}
