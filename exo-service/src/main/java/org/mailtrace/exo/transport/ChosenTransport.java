package org.mailtrace.exo.transport;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import org.mailtrace.exo.cmdlet.CmdletTraces;
import org.mailtrace.exo.graph.GraphClient;
import org.mailtrace.exo.rows.MessageTraces;

/** Makes the interface that is configured, and only that one: the other needs no settings. */
@ApplicationScoped
class ChosenTransport {
    @Produces
    @Startup
    @ApplicationScoped
    MessageTraces chosen(TransportSettings settings, Instance<GraphClient> graph, Instance<CmdletTraces> cmdlets) {
        return switch (settings.transport()) {
            case GRAPH -> graph.get();
            case CMDLET -> cmdlets.get();
        };
    }
}
