package org.mailtrace.gateway.ask;

import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.ext.ResponseExceptionMapper;
import org.jboss.resteasy.reactive.ClientWebApplicationException;

/**
 * A source's refusal as it came, its body left for whoever reads it. The client's own mapper reads what is there of the body
 * on the network's thread, which may not wait for the rest: then what it read is lost, and the problem cannot be understood.
 */
final class Refusal implements ResponseExceptionMapper<ClientWebApplicationException> {
    @Override
    public ClientWebApplicationException toThrowable(Response response) {
        return new ClientWebApplicationException(response);
    }
}
