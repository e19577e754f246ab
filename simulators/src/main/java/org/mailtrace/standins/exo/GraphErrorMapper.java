package org.mailtrace.standins.exo;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Graph's error envelope. */
class GraphErrorMapper {
    @ServerExceptionMapper
    public Response map(GraphErrorException e) {
        Map<String, Object> inner = Map.of(
                "date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                "request-id", UUID.randomUUID().toString());
        Map<String, Object> error = Map.of("code", e.code(), "message", e.getMessage(), "innerError", inner);
        Response.ResponseBuilder response =
                Response.status(e.status()).type(MediaType.APPLICATION_JSON).entity(Map.of("error", error));
        if (e.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            response.header("WWW-Authenticate", "Bearer realm=\"\"");
        }
        if (e instanceof QuotaSpentException spent) {
            response.header("Retry-After", spent.retryAfterSeconds());
        }
        return response.build();
    }
}
