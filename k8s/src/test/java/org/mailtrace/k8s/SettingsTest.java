package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service refuses to start with a setting that it does not know, so none may be written here. */
class SettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"gateway", "proofpoint", "onprem-exchange", "exo"})
    void everySettingIsOneThatTheServiceKnows(String service) throws IOException {
        // given
        Set<String> known = Settings.known(service + "-service");

        for (Path file : files(service)) {
            // when
            Properties settings = new Properties();
            settings.load(new StringReader(Files.readString(file)));
            Set<String> used = settings.stringPropertyNames().stream()
                    .filter(key -> key.startsWith("mailtrace."))
                    .map(Settings::shape)
                    .collect(Collectors.toCollection(TreeSet::new));

            // then
            assertThat(used).as(file.toString()).isNotEmpty().isSubsetOf(known);
        }
    }

    /** Those of the base, of the site for all overlays and for one of them, and of components that take a system out. */
    private static List<Path> files(String service) {
        Stream<String> always = Stream.of(
                "base/" + service + "/cluster.properties",
                "site/" + service + ".properties",
                "site/single/" + service + ".properties",
                "site/production/" + service + ".properties");
        Stream<String> without = service.equals("gateway")
                ? Stream.of("proofpoint", "onprem-exchange", "exo")
                        .map(name -> "components/without-" + name + "/without-" + name + ".properties")
                : Stream.empty();
        return Stream.concat(always, without)
                .map(file -> Tool.ROOT.resolve("k8s").resolve(file))
                .filter(Files::exists)
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void everySettingOfQuarkusIsOneThatTheServiceTakesAtRunTime(Overlay overlay) {
        assertThat(unknownToQuarkus(overlay.build())).isEmpty();
    }

    @Test
    void aMisspeltSettingOfQuarkusIsNoticed() {
        // given
        Cluster cluster = Overlay.PRODUCTION.build();
        Workload gateway = new Workload(cluster.the("Deployment", "gateway"));
        ((ArrayNode) gateway.service().path("env"))
                .addObject()
                .put("name", "QUARKUS_OTEL_EXPORTER_OTLP_ENDPONT")
                .put("value", "http://collector:4317");
        ObjectNode files = (ObjectNode) cluster.the(
                        "ConfigMap",
                        gateway.volume("config").at("/configMap/name").asText())
                .path("data");
        files.put(
                "site.properties",
                files.path("site.properties").asText()
                        + "quarkus.http.proxy.allow-x-forward=true\nquarkus.http.root-path=/mailtrace\n");

        // then
        assertThat(unknownToQuarkus(cluster))
                .containsExactlyInAnyOrder(
                        "gateway: QUARKUS_OTEL_EXPORTER_OTLP_ENDPONT",
                        "gateway: quarkus.http.proxy.allow-x-forward",
                        "gateway: quarkus.http.root-path");
    }

    private static List<String> unknownToQuarkus(Cluster cluster) {
        return cluster.services()
                .flatMap(service -> {
                    QuarkusSettings known = QuarkusSettings.of(ImagesTest.MODULES.get(service.name()));
                    Stream<String> variables = Cluster.each(service.service().path("env"))
                            .map(variable -> variable.path("name").asText())
                            .filter(name -> name.startsWith("QUARKUS_") && !known.knowsVariable(name));
                    Stream<String> properties = cluster.added(service).stream()
                            .flatMap(file -> file.stringPropertyNames().stream())
                            .filter(name -> name.startsWith("quarkus.") && !known.knows(name));
                    return Stream.concat(variables, properties).map(name -> service.name() + ": " + name);
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void everyVariableIsOneThatTheServiceKnows(Overlay overlay) {
        // Where the services cannot be told to use PostgreSQL yet, the overlay that does so runs ahead of them.
        boolean shared = Files.exists(Tool.ROOT.resolve("trace-postgresql"));
        overlay.build().services().forEach(service -> {
            // given
            Set<String> known = Settings.knownVariables(service.name() + "-service");

            // when
            Stream<String> variables = Cluster.each(service.service().path("env"))
                    .map(variable -> variable.path("name").asText())
                    .filter(name -> name.startsWith("MAILTRACE_"))
                    .filter(name -> shared || !name.matches(".*_STORE_(KIND|POSTGRESQL_.*)"));

            // then
            assertThat(variables).as(service.name()).isSubsetOf(known);
        });
    }

    @Test
    void aMisspeltSettingIsNotKnown() {
        // then
        assertThat(Settings.known("exo-service"))
                .contains("mailtrace.exo.store.file", "mailtrace.exo.client-id", "mailtrace.exo.trace.budget")
                .doesNotContain("mailtrace.exo.store.fil", "mailtrace.exo.clientid");
    }
}
