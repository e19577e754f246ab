package org.mailtrace.gateway.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.mailtrace.gateway.ask.AbandonedException;

/** Callers who left while they were being served: nobody reads the answer, and nothing is wrong. */
@ApplicationScoped
public class GoneCallers {
    /** No status of HTTP; what stands in many servers' logs for it. */
    private static final int CALLER_GONE = 499;

    @ServerExceptionMapper
    public Response gone(AbandonedException e) {
        return Response.status(CALLER_GONE).build();
    }
}
