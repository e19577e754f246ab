package org.mailtrace.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A deployment and its pod. */
record Workload(ObjectNode deployment) {
    String name() {
        return Cluster.name(deployment);
    }

    JsonNode template() {
        return deployment.path("spec").path("template");
    }

    JsonNode pod() {
        return template().path("spec");
    }

    JsonNode labels() {
        return template().path("metadata").path("labels");
    }

    Stream<JsonNode> containers() {
        return Stream.concat(Cluster.each(pod().path("containers")), Cluster.each(pod().path("initContainers")));
    }

    /** The container that is the service itself. */
    JsonNode service() {
        return named(pod().path("containers"), "service");
    }

    JsonNode volume(String name) {
        return named(pod().path("volumes"), name);
    }

    JsonNode variable(String name) {
        return named(service().path("env"), name);
    }

    /** Whether all replicas share what they keep, because PostgreSQL keeps it. */
    boolean shares() {
        String own = name().equals("exo") ? "MAILTRACE_EXO_STORE_KIND" : "MAILTRACE_STORE_KIND";
        return variable(own).path("value").asText().equals("postgresql");
    }

    /** The port of the proxy that its Java machine is told to ask by; empty without one. */
    Optional<String> proxyPort() {
        return Pattern.compile("(?:^| )-Dhttps\\.proxyPort=(\\d+)(?: |$)")
                .matcher(variable("JAVA_TOOL_OPTIONS").path("value").asText())
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }

    JsonNode port(String name) {
        return named(service().path("ports"), name);
    }

    static JsonNode named(JsonNode list, String name) {
        return Cluster.each(list)
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }
}
