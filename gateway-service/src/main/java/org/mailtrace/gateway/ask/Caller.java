package org.mailtrace.gateway.ask;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Objects;
import org.mailtrace.http.request.RequestId;

/**
 * On whose behalf the sources are asked: the caller's own token goes through, so that a source decides by the caller's
 * rights and not by the gateway's.
 */
public record Caller(String authorization, String requestId) {
    public Caller {
        Objects.requireNonNull(authorization, "authorization");
        Objects.requireNonNull(requestId, "requestId");
    }

    /** Whoever sent the request. */
    public static Caller of(ContainerRequestContext request) {
        return new Caller(request.getHeaderString(HttpHeaders.AUTHORIZATION), RequestId.of(request));
    }

    /** The token is never shown. */
    @Override
    public String toString() {
        return "Caller[requestId=" + requestId + "]";
    }
}
