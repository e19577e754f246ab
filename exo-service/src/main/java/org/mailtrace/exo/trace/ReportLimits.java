package org.mailtrace.exo.trace;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** What decides what a report costs. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.exo.report")
public interface ReportLimits {
    /** How many requests a thorough report may spend on events and on members of groups. */
    @WithDefault("500")
    @Min(0)
    @Max(100000)
    int maxDetails();

    /**
     * The newest stretch of a window that is read once more at the end, because rows arrive late; zero for none. At most
     * ten days.
     */
    @WithDefault("6h")
    Duration readAgain();
}
