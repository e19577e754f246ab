package org.mailtrace.exo.wire;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of every request that leaves the service. */
@ConfigMapping(prefix = "mailtrace.exo.wire")
public interface WireSettings {
    /** How long a connection may take to be established. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** How long one request may take, its whole body included. */
    @WithDefault("5s")
    Duration requestTimeout();

    /** The largest body that is read, in bytes; anything longer is no usable answer. */
    @WithDefault("16777216")
    long maxBodyBytes();
}
