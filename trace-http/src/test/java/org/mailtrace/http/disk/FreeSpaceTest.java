package org.mailtrace.http.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreeSpaceTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhatIsLeftAlsoBeforeTheFileIsThere() {
        // given
        SimpleMeterRegistry registry = new SimpleMeterRegistry();

        // when
        FreeSpace.show(registry, "store", () -> FreeSpace.of(folder.resolve("not/yet/store.db")));

        // then
        assertThat(registry.get("mailtrace.disk.free")
                        .tag("of", "store")
                        .gauge()
                        .value())
                .isPositive();
    }
}
