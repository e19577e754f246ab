package org.mailtrace.exo.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.postgresql.testkit.PostgresqlServer;

class WiringTest {
    @Test
    void endsTheStartWithASentenceThatNamesTheSetting(@TempDir Path folder) throws IOException {
        // given
        Path file = Files.writeString(
                folder.resolve("exo.db"), "these are minutes of a meeting, and no database. ".repeat(9));
        StoreSettings settings = settings(Map.of("file", file.toString()));

        // then
        assertThatThrownBy(() -> new Wiring().store(settings, Clock.systemUTC()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not a database")
                .hasMessageEndingWith("Check mailtrace.exo.store.file.");
    }

    @Test
    void showsHowTheConnectionsToADatabaseAreUsed() {
        // given
        MeterRegistry registry = new SimpleMeterRegistry();
        StoreSettings settings = settings(Map.of(
                "kind",
                "postgresql",
                "postgresql.url",
                PostgresqlServer.shared().newDatabase(),
                "postgresql.username",
                PostgresqlServer.USER));
        Wiring wiring = new Wiring();

        // when
        try (JobStore store = wiring.store(settings, Clock.systemUTC())) {
            wiring.show(new StartupEvent(), settings, store, registry);

            // then
            assertThat(registry.get("db.client.connection.pending_requests")
                            .tag("db.client.connection.pool.name", "jobs")
                            .gauge()
                            .value())
                    .isZero();
            assertThat(registry.get("db.client.connection.max").gauge().value()).isEqualTo(8);
        }
    }

    private static StoreSettings settings(Map<String, String> given) {
        Map<String, String> all = new HashMap<>();
        // Without Quarkus, durations are read in this form alone.
        all.put(StoreSettings.PREFIX + ".postgresql.patience", "PT5S");
        all.put(StoreSettings.PREFIX + ".postgresql.statement-timeout", "PT30S");
        given.forEach((key, value) -> all.put(StoreSettings.PREFIX + "." + key, value));
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(StoreSettings.class)
                .withSources(new PropertiesConfigSource(all, "test", 100))
                .build()
                .getConfigMapping(StoreSettings.class);
    }
}
