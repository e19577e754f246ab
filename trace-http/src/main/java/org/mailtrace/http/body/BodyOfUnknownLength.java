package org.mailtrace.http.body;

import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.util.OptionalLong;

/**
 * Bodies that come in pieces, without a word about how many, are counted while they are read. A filter and no interceptor
 * of readers: those would read for our own clients too.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class BodyOfUnknownLength implements ContainerRequestFilter {
    private final RoutingContext routing;

    BodyOfUnknownLength(RoutingContext routing) {
        this.routing = routing;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        OptionalLong limit = BodyLimit.ofUnknownLength(routing);
        if (limit.isPresent()) {
            request.setEntityStream(new CountedBody(request.getEntityStream(), limit.getAsLong()));
        }
    }
}
