package org.mailtrace.exo.detail;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How many details are read and how long they are kept. Each costs one request of the tenant's quota. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.exo.details")
public interface DetailSettings {
    /** For how many recipients of one message. */
    @WithDefault("3")
    @Min(0)
    @Max(50)
    int perMessage();

    /** How many further requests one question may cause in all. */
    @WithDefault("8")
    @Min(0)
    @Max(100)
    int perQuestion();

    /** For how many recipients when one message is looked up by its id. */
    @WithDefault("20")
    @Min(1)
    @Max(100)
    int perLookup();

    /** How many are read at the same time. */
    @WithDefault("4")
    @Min(1)
    @Max(20)
    int atOnce();

    /** How long events that can still change are kept before they are read again. */
    @WithDefault("60s")
    Duration keepFor();

    /** How long events are kept that tell an end which nothing follows any more. */
    @WithDefault("12h")
    Duration keepFinalFor();

    /** How old the newest event must be for its end to be final: events arrive late and in any order. */
    @WithDefault("6h")
    Duration finalAfter();

    /** How much text of events is kept at most, in characters; the longest unused go first. */
    @WithDefault("8000000")
    @Min(1)
    long keepAtMost();
}
