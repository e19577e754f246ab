package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

class ComposeTest {
    private final JsonNode compose = read();

    private static JsonNode read() {
        try {
            return Cluster.JSON.valueToTree(new Yaml().load(Files.readString(Tool.ROOT.resolve("compose.yaml"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyServiceIsBuiltFromItsContainerFileAndNamedAsInTheCluster() {
        // when
        Set<String> images = new TreeSet<>();
        services().forEach(name -> {
            JsonNode service = compose.path("services").path(name);
            assertThat(Tool.ROOT.resolve(service.at("/build/dockerfile").asText()))
                    .isRegularFile();
            images.add(service.path("image").asText());
        });

        // then
        assertThat(images)
                .isEqualTo(Overlay.DEMO
                        .build()
                        .workloads()
                        .flatMap(workload -> workload.containers()
                                .map(each -> each.path("image").asText()))
                        .collect(Collectors.toSet()));
    }

    @Test
    void onlyThisMachineReachesThePortsWhichAreTheServicesOwn() {
        // when
        Set<String> published = services().stream()
                .flatMap(name ->
                        Cluster.words(compose.path("services").path(name).path("ports")))
                .collect(Collectors.toSet());

        // then
        Set<String> expected = new TreeSet<>(Set.of("127.0.0.1:8180:8180", "127.0.0.1:8090:8090"));
        Cluster.SERVICES.forEach(name -> ImagesTest.ports(ImagesTest.MODULES.get(name))
                .forEach(port -> expected.add("127.0.0.1:" + port + ":" + port)));
        assertThat(published).isEqualTo(expected);
    }

    @Test
    void noContainerIsRootOrWritesToItsRoot() {
        services().forEach(name -> {
            // when
            JsonNode service = compose.path("services").path(name);

            // then
            assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(service.path("user").asText()).as(name).isEqualTo("10001:10001");
            assertThat(Cluster.words(service.path("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(Cluster.words(service.path("volumes")).filter(volume -> volume.startsWith("demo:")))
                    .as(name)
                    .allMatch(volume -> volume.endsWith(":ro") || name.equals("stand-ins"));
        });
    }

    @Test
    void everySettingIsOneThatTheServiceKnows() {
        services().stream().filter(ImagesTest.MODULES::containsKey).forEach(name -> {
            // when
            Set<String> known = Settings.knownVariables(ImagesTest.MODULES.get(name));

            // then
            assertThat(compose.path("services").path(name).path("environment").fieldNames())
                    .toIterable()
                    .as(name)
                    .filteredOn(variable -> variable.startsWith("MAILTRACE_"))
                    .isSubsetOf(known);
        });
    }

    @Test
    void everySettingOfQuarkusIsOneThatTheServiceTakesAtRunTime() {
        services().stream().filter(ImagesTest.MODULES::containsKey).forEach(name -> {
            // when
            QuarkusSettings known = QuarkusSettings.of(ImagesTest.MODULES.get(name));

            // then
            assertThat(compose.path("services").path(name).path("environment").fieldNames())
                    .toIterable()
                    .as(name)
                    .filteredOn(variable -> variable.startsWith("QUARKUS_"))
                    .allMatch(known::knowsVariable);
        });
    }

    private Set<String> services() {
        Set<String> names = new TreeSet<>();
        compose.path("services").fieldNames().forEachRemaining(names::add);
        assertThat(names).hasSize(6);
        return names;
    }
}
