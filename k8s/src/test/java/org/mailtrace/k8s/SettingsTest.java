package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
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

        for (Path file : Set.of(
                Tool.ROOT.resolve("k8s/base/" + service + "/cluster.properties"),
                Tool.ROOT.resolve("k8s/site/" + service + ".properties"))) {
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
