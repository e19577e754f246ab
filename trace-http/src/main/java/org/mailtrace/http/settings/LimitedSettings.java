package org.mailtrace.http.settings;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import org.mailtrace.http.guard.GuardSettings;

/**
 * Has the settings of a running service checked; found by its name in {@code META-INF/services}. For native executables it registers
 * the settings that stand in this module.
 */
@RegisterForReflection(targets = GuardSettings.class)
public final class LimitedSettings implements SmallRyeConfigBuilderCustomizer {
    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        builder.withValidator(new Limits());
    }
}
