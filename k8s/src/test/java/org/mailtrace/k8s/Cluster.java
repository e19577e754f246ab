package org.mailtrace.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** The objects that one overlay puts into a cluster. */
record Cluster(List<ObjectNode> objects) {
    static final List<String> SERVICES = List.of("gateway", "proofpoint", "onprem-exchange", "exo");
    static final ObjectMapper JSON = new ObjectMapper();

    static Cluster parse(String yaml) {
        List<ObjectNode> objects = new ArrayList<>();
        new Yaml().loadAll(yaml).forEach(document -> objects.add(JSON.valueToTree(document)));
        return new Cluster(objects);
    }

    Stream<ObjectNode> of(String kind) {
        return objects.stream().filter(each -> each.path("kind").asText().equals(kind));
    }

    Stream<ObjectNode> of(String kind, String name) {
        return of(kind).filter(each -> name(each).equals(name));
    }

    ObjectNode the(String kind, String name) {
        return of(kind, name)
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no " + kind + " named " + name));
    }

    static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    Stream<Workload> workloads() {
        return of("Deployment").map(Workload::new);
    }

    /** The four services, without what only the demonstration has. */
    Stream<Workload> services() {
        return workloads().filter(each -> SERVICES.contains(each.name()));
    }

    /** Which of the four services this installation has: the gateway, and every source that is not switched off there. */
    List<String> present() {
        Properties gateway = settings(new Workload(the("Deployment", "gateway")));
        return SERVICES.stream()
                .filter(name -> !gateway.getProperty("mailtrace.sources." + source(name) + ".enabled", "true")
                        .equals("false"))
                .toList();
    }

    private static String source(String service) {
        return service.equals("exo") ? "exchange-online" : service;
    }

    /** A service's settings as it sees them: its own defaults, then the cluster's, then the site's. */
    Properties settings(Workload service) {
        Properties settings = new Properties();
        try (var defaults = Files.newBufferedReader(
                Tool.ROOT.resolve(service.name() + "-service/src/main/resources/application.properties"))) {
            settings.load(defaults);
            added(service).forEach(settings::putAll);
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of a service's map, the strongest last. */
    List<Properties> added(Workload service) {
        String map = service.volume("config").path("configMap").path("name").asText();
        return each(the("ConfigMap", map).path("data"))
                .map(Cluster::properties)
                .sorted(Comparator.comparing(file -> Integer.valueOf(file.getProperty("config_ordinal"))))
                .toList();
    }

    private static Properties properties(JsonNode file) {
        try {
            Properties properties = new Properties();
            properties.load(new StringReader(file.asText()));
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> each(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    static Stream<String> words(JsonNode list) {
        return each(list).map(JsonNode::asText);
    }
}
