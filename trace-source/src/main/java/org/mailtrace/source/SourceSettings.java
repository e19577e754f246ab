package org.mailtrace.source;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Pattern;

/** What this installation is called. */
@RegisterForReflection
@ConfigMapping(prefix = "mailtrace.source")
public interface SourceSettings {
    /**
     * The name that it answers with, which is the one that the gateway's settings give it. Two installations of one service,
     * each with servers and an index of its own, stand beside each other in one gateway under two names.
     */
    @Pattern(regexp = "[a-z][a-z0-9-]{0,62}", message = "must be of lower-case letters, digits and hyphens")
    String name();
}
