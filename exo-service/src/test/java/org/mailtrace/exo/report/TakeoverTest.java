package org.mailtrace.exo.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mailtrace.jobs.SignsOfLife;

class TakeoverTest {
    @Test
    void anIdleWorkerGoesOnWithTheReportOfADeadProcessWithinHalfAMinute() throws IOException {
        // given
        ReportSettings settings = shipped();

        // then
        assertThat(SignsOfLife.leaseFor(settings.lease()).plus(settings.poll()))
                .isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    private static ReportSettings shipped() throws IOException {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(ReportSettings.class)
                .withSources(new PropertiesConfigSource(Path.of("src/main/resources/application.properties")
                        .toUri()
                        .toURL()))
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(ReportSettings.class);
    }
}
