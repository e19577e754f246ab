package org.mailtrace.gateway;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;

/** Settings out of a few values, with the defaults of the rest. */
public final class Settings {
    private Settings() {}

    public static <T> T of(Class<T> type, Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(type)
                .withSources(new PropertiesConfigSource(values, "test", 100))
                .build()
                .getConfigMapping(type);
    }
}
