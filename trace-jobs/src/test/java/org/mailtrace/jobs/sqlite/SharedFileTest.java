package org.mailtrace.jobs.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mailtrace.jobs.ChildJvm;

class SharedFileTest {
    @TempDir
    private Path folder;

    @Test
    void twoProcessesMayMakeTheFileAtOnce() throws IOException, InterruptedException {
        // given
        try (ChildJvm one = ChildJvm.start(OpeningProcess.class);
                ChildJvm two = ChildJvm.start(OpeningProcess.class)) {
            for (int round = 0; round < 20; round++) {
                Path file = folder.resolve("new-" + round).resolve("jobs.db");

                // when
                one.say(file.toString());
                two.say(file.toString());

                // then
                assertThat(one.hear()).isEqualTo("submitted");
                assertThat(two.hear()).isEqualTo("submitted");
                try (SqliteStore store = SqliteStore.open(file, Clock.systemUTC())) {
                    assertThat(store.jobs().newest(OpeningProcess.KIND, 9)).hasSize(2);
                }
            }
        }
    }
}
