package org.mailtrace.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.mailtrace.gateway.callback.CallbackSettings;
import org.mailtrace.gateway.report.ReportSettings;
import org.mailtrace.jobs.SignsOfLife;

class TakeoverTest {
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    @Test
    void anIdleWorkerGoesOnWithTheReportOfADeadProcessWithinHalfAMinute() throws IOException {
        // given
        ReportSettings settings = shipped(ReportSettings.class);

        // then
        assertThat(SignsOfLife.leaseFor(settings.lease()).plus(settings.poll())).isLessThanOrEqualTo(HALF_A_MINUTE);
    }

    @Test
    void anIdleWorkerGoesOnWithTheCallBackOfADeadProcessWithinHalfAMinute() throws IOException {
        // given
        CallbackSettings settings = shipped(CallbackSettings.class);

        // then
        assertThat(SignsOfLife.leaseFor(settings.lease()).plus(settings.poll())).isLessThanOrEqualTo(HALF_A_MINUTE);
    }

    private static <T> T shipped(Class<T> type) throws IOException {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(type)
                .withSources(new PropertiesConfigSource(Path.of("src/main/resources/application.properties")
                        .toUri()
                        .toURL()))
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(type);
    }
}
