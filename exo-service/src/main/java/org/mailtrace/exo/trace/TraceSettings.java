package org.mailtrace.exo.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How questions are answered. */
@ConfigMapping(prefix = "mailtrace.exo.trace")
public interface TraceSettings {
    /** How long one question may take in all; the gateway waits 20 seconds for its slowest source. */
    @WithDefault("13s")
    Duration budget();

    /**
     * How long after a message the absence of a row proves nothing. Rows appear after 5 to 10 minutes as a rule and
     * have been seen to take an hour.
     */
    @WithDefault("60m")
    Duration settlingTime();

    /** Taken off the end of a window that ends now: Exchange Online refuses an end in its own future. */
    @WithDefault("5s")
    Duration clockMargin();

    /** How many requests for rows one question may have under way. */
    @WithDefault("4")
    int atOnce();

    /**
     * Deep link to a message in Threat Explorer of the Microsoft Defender portal; {@code {networkMessageId}} stands for its
     * id. National clouds have portals of their own: {@code security.microsoft.us} (GCC High) and
     * {@code security.apps.mil} (DoD). Empty for no link.
     */
    @WithDefault(
            "https://security.microsoft.com/realtimereportsv3?dltarget=Explorer&dlstorage=Url&viewid=allemail&query-NetworkMessageId={networkMessageId}")
    Optional<String> consoleUrl();
}
