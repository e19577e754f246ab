package org.mailtrace.exo.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringTest {
    @Test
    void endsTheStartWithASentenceThatNamesTheSetting(@TempDir Path folder) throws IOException {
        // given
        Path file = Files.writeString(
                folder.resolve("exo.db"), "these are minutes of a meeting, and no database. ".repeat(9));
        StoreSettings settings = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(StoreSettings.class)
                .withSources(
                        new PropertiesConfigSource(Map.of("mailtrace.exo.store.file", file.toString()), "test", 100))
                .build()
                .getConfigMapping(StoreSettings.class);

        // then
        assertThatThrownBy(() -> new Wiring().store(settings, Clock.systemUTC()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not a database")
                .hasMessageEndingWith("Check mailtrace.exo.store.file.");
    }
}
