package org.mailtrace.exo.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WiringTest {
    @TempDir
    private Path folder;

    @Test
    void endsTheStartWithASentenceThatNamesTheSetting() throws IOException {
        // given
        Path file = Files.writeString(
                folder.resolve("exo.db"), "these are minutes of a meeting, and no database. ".repeat(9));

        // then
        assertThatThrownBy(() -> new Wiring().store(() -> file, Clock.systemUTC()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not a database")
                .hasMessageEndingWith("Check mailtrace.exo.store.file.");
    }
}
