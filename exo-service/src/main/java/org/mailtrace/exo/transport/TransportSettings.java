package org.mailtrace.exo.transport;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** By which interface Exchange Online is asked. */
@ConfigMapping(prefix = "mailtrace.exo")
public interface TransportSettings {
    /** Graph, which Microsoft supports, or cmdlets, for clouds where Graph has no message traces. */
    @WithDefault("graph")
    Transport transport();

    /** The two interfaces. */
    enum Transport {
        /** Microsoft Graph's message trace. */
        GRAPH,
        /** Get-MessageTraceV2 over InvokeCommand. */
        CMDLET
    }
}
