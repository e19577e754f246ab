package org.mailtrace.gateway.limit;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** How much callers may ask. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.callers")
public interface CallerSettings {
    /**
     * How many requests one caller, as its token names it, may send in a minute; as many may come at once. Power Automate
     * sends at most 500 through one connection.
     */
    @WithDefault("600")
    @Min(1)
    int requestsPerMinute();

    /** How many requests of all callers are worked on at the same time; further ones are refused at once. */
    @WithDefault("256")
    @Min(1)
    int requestsAtOnce();
}
