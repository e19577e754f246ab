package org.mailtrace.exo.quota;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Microsoft's limit for message traces is 100 requests in five minutes for a whole tenant, lists and details alike
 * ("Exchange message trace service limits" in Graph's throttling limits). Administrators and other tools spend from it
 * too.
 */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.exo.quota")
public interface QuotaSettings {
    /** How many requests the processes of this service that share a store may send in a window, all together. */
    @WithDefault("100")
    @Min(1)
    int requests();

    /** How many of them reports leave for questions that somebody waits for; less than all. */
    @WithDefault("30")
    @Min(0)
    int reservedForQuestions();

    /** The rolling window. */
    @WithDefault("5m")
    Duration window();
}
