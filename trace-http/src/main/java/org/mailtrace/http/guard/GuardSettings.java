package org.mailtrace.http.guard;

import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/**
 * Numbers of one guard; a group of configuration that stands beside the address it protects. A call, its retries
 * included, never takes longer than {@link #budget()}.
 */
public interface GuardSettings {
    /** How long one attempt may take. */
    @WithDefault("5s")
    Duration timeout();

    /** How long all attempts together may take. */
    @WithDefault("12s")
    Duration budget();

    /** How often an idempotent read that failed is tried again. */
    @WithDefault("1")
    @Min(0)
    @Max(5)
    int retries();

    /** Pause before a retry, varied by half. */
    @WithDefault("200ms")
    Duration retryDelay();

    /** How many calls may run at once. */
    @WithDefault("20")
    @Min(1)
    int concurrency();

    /** How long a call waits for its turn while so many run, before its {@link #budget()} begins; then it is refused. */
    @WithDefault("0s")
    Duration placeWait();

    /** How many of the last attempts the circuit breaker judges by. */
    @WithDefault("6")
    @Min(2)
    int breakerVolume();

    /** The share of them that must have failed before the circuit opens. */
    @WithDefault("0.5")
    @DecimalMin("0.1")
    @DecimalMax("1.0")
    double breakerRatio();

    /** How long the circuit stays open before one attempt is let through. */
    @WithDefault("10s")
    Duration breakerDelay();
}
