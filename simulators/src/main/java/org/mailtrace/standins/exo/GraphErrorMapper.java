package org.mailtrace.standins.exo;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.mailtrace.standins.exo.identity.TokenRefusedException;

/** Graph's error envelope. */
class GraphErrorMapper {
    @ServerExceptionMapper
    public Response map(GraphErrorException e) {
        return envelope(e.status(), e.code(), e.getMessage()).build();
    }

    @ServerExceptionMapper
    public Response map(TraceRefusedException e) {
        return envelope(400, "BadRequest", e.getMessage()).build();
    }

    @ServerExceptionMapper
    public Response map(TokenRefusedException e) {
        return envelope(401, "InvalidAuthenticationToken", e.getMessage())
                .header("WWW-Authenticate", "Bearer realm=\"\"")
                .build();
    }

    @ServerExceptionMapper
    public Response map(QuotaSpentException e) {
        Response.ResponseBuilder response = envelope(429, "TooManyRequests", e.getMessage());
        e.retryAfterSeconds().ifPresent(seconds -> response.header("Retry-After", seconds));
        return response.build();
    }

    private static Response.ResponseBuilder envelope(int status, String code, String message) {
        Map<String, Object> inner = Map.of(
                "date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                "request-id", UUID.randomUUID().toString());
        Map<String, Object> error = Map.of("code", code, "message", message, "innerError", inner);
        return Response.status(status).type(MediaType.APPLICATION_JSON).entity(Map.of("error", error));
    }
}
