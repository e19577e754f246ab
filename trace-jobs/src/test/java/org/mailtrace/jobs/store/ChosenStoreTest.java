package org.mailtrace.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.ConfigMapping;
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
import org.mailtrace.jobs.JobsException;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

class ChosenStoreTest {
    private static final String PREFIX = "mailtrace.any.store";

    @TempDir
    private Path folder;

    @Test
    void refusesAFileWithASentenceThatNamesTheSetting() throws IOException {
        // given
        Path file = Files.writeString(
                folder.resolve("any.db"), "these are minutes of a meeting, and no database. ".repeat(9));

        // then
        assertThatThrownBy(() -> open(Map.of("file", file.toString())))
                .isInstanceOf(JobsException.class)
                .hasMessageContaining("not a database")
                .hasMessageEndingWith("Check mailtrace.any.store.file.");
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
    void tellsHowTheConnectionsToADatabaseAreUsedAndNothingOfThemForAFile() {
        // given
        MeterRegistry ofDatabase = new SimpleMeterRegistry();
        MeterRegistry ofFile = new SimpleMeterRegistry();

        try (JobStore database = open(Map.of(
                        "kind",
                        "postgresql",
                        "postgresql.url",
                        PostgresqlServer.shared().newDatabase(),
                        "postgresql.username",
                        PostgresqlServer.USER));
                JobStore file = open(Map.of())) {
            // when
            database.meters().bindTo(ofDatabase);
            file.meters().bindTo(ofFile);

            // then
            assertThat(ofDatabase
                            .get("db.client.connection.max")
                            .tag("db.client.connection.pool.name", "jobs")
                            .gauge()
                            .value())
                    .isEqualTo(8);
            assertThat(ofFile.getMeters()).isEmpty();
        }
    }

    @Test
    void saysWhichSettingsToCheckWhereTheDatabaseRefusesOrIsNotNamed() {
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
                .isInstanceOf(JobsException.class)
                .hasMessage(
                        "The job store refuses this service: the database, the account, its password or a right of it"
                                + " is missing. Check mailtrace.any.store.postgresql.");
        assertThatThrownBy(() -> open(Map.of("kind", "postgresql", "postgresql.username", "mailtrace")))
                .isInstanceOf(JobsException.class)
                .hasMessage("The setting postgresql.url is missing. Check mailtrace.any.store.postgresql.");
    }

    @ConfigMapping(prefix = PREFIX)
    interface AnySettings extends JobStoreSettings {}

    private JobStore open(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put(PREFIX + ".file", folder.resolve("unused.db").toString());
        // Without Quarkus, durations are read in this form alone.
        all.put(PREFIX + ".postgresql.patience", "PT5S");
        all.put(PREFIX + ".postgresql.statement-timeout", "PT30S");
        settings.forEach((key, value) -> all.put(PREFIX + "." + key, value));
        return ChosenStore.open(
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(AnySettings.class)
                        .withSources(new PropertiesConfigSource(all, "test", 100))
                        .build()
                        .getConfigMapping(AnySettings.class),
                PREFIX,
                Clock.systemUTC());
    }
}
