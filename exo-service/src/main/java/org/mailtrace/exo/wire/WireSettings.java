package org.mailtrace.exo.wire;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Limits of every request that leaves the service. */
@RegisterForReflection
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

    /**
     * A TLS configuration ({@code quarkus.tls.<name>}) whose trust store is used, where a proxy opens TLS with a
     * certificate authority of its own; empty for the JVM's trust store.
     */
    Optional<String> tlsConfiguration();
}
