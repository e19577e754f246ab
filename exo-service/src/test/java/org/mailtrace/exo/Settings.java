package org.mailtrace.exo;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Settings of a unit test: defaults, and what the test says. */
public final class Settings {
    private Settings() {}

    public static <T> T of(Class<T> type, Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(type)
                .withDefaultValues(values)
                .withValidateUnknown(false)
                .build()
                .getConfigMapping(type);
    }
}
