package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.postgresql.PostgresqlIndex;

class TakeoverTest {
    /** A claim lasts as long after the last sign of life, and whoever waits for it may just have looked. */
    @Test
    void anotherProcessReadsTheLogStreamWithinHalfAMinuteOfADeath() throws IOException {
        assertThat(PostgresqlIndex.CLAIM.plus(shipped().leasePoll())).isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    private static StreamSettings shipped() throws IOException {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(StreamSettings.class)
                .withSources(new PropertiesConfigSource(Path.of("src/main/resources/application.properties")
                        .toUri()
                        .toURL()))
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(StreamSettings.class);
    }
}
