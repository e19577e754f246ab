package org.mailtrace.exo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

class WiringTest {
    @TempDir
    private Path folder;

    @Test
    void endsTheStartWithASentenceThatNamesTheSetting() throws IOException {
        // given
        Path file = Files.writeString(
                folder.resolve("exo.db"), "these are minutes of a meeting, and no database. ".repeat(9));

        // then
        assertThatThrownBy(() -> open(Map.of("file", file.toString())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not a database")
                .hasMessageEndingWith("Check mailtrace.exo.store.file.");
    }

    @Test
    void sharesADatabaseBetweenReplicasWhereToldTo() {
        // given
        Map<String, String> settings = Map.of(
                "kind",
                "postgresql",
                "postgresql.url",
                PostgresqlServer.shared().newDatabase(),
                "postgresql.username",
                PostgresqlServer.USER);

        // when
        try (JobStore one = open(settings);
                JobStore other = open(settings)) {
            one.budget("test", 3, Duration.ofMinutes(5)).take(2, 0);

            // then
            assertThat(other.budget("test", 3, Duration.ofMinutes(5)).remaining())
                    .isEqualTo(1);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void endsTheStartWhereTheDatabaseRefusesOrIsNotNamed() {
        // given
        String url = PostgresqlServer.shared().newDatabase();

        // then
        assertThatThrownBy(() -> open(Map.of(
                        "kind",
                        "postgresql",
                        "postgresql.url",
                        url + "gone",
                        "postgresql.username",
                        PostgresqlServer.USER)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(
                        "The job store refuses this service: the database, the account, its password or a right of it"
                                + " is missing. Check mailtrace.exo.store.postgresql.");
        assertThatThrownBy(() -> open(Map.of("kind", "postgresql", "postgresql.username", "mailtrace")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("The setting postgresql.url is missing. Check mailtrace.exo.store.postgresql.");
    }

    private JobStore open(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("mailtrace.exo.store.file", folder.resolve("unused.db").toString());
        settings.forEach((key, value) -> all.put("mailtrace.exo.store." + key, value));
        return new Wiring()
                .store(
                        new SmallRyeConfigBuilder()
                                .addDiscoveredConverters()
                                .withMapping(StoreSettings.class)
                                .withSources(new PropertiesConfigSource(all, "test", 100))
                                .build()
                                .getConfigMapping(StoreSettings.class),
                        Clock.systemUTC());
    }
}
