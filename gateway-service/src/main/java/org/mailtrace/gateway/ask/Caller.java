package org.mailtrace.gateway.ask;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.resteasy.reactive.ClientWebApplicationException;
import org.mailtrace.http.request.RequestId;

/**
 * On whose behalf the sources are asked: the caller's own token goes through, so that a source decides by the caller's
 * rights and not by the gateway's.
 *
 * @param renewal how another token is had, where the token is the gateway's own
 */
public record Caller(String authorization, String requestId, Optional<Renewal> renewal) {
    private static final int NOT_AUTHENTICATED = 401;

    /** Gets another token. */
    @FunctionalInterface
    public interface Renewal {
        /**
         * The same caller with another token.
         *
         * @throws org.mailtrace.http.guard.SourceFailure if there is none
         */
        Caller after(Caller refused);
    }

    public Caller {
        Objects.requireNonNull(authorization, "authorization");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(renewal, "renewal");
    }

    /** Somebody whose token is not ours to renew. */
    public Caller(String authorization, String requestId) {
        this(authorization, requestId, Optional.empty());
    }

    /** Whether it is the gateway itself, whose token was not the one of whoever asked. */
    public boolean isGateway() {
        return renewal.isPresent();
    }

    /**
     * Makes a call as this caller. A token of the gateway's own may be revoked, or its key replaced, before it ends: if it is
     * refused as no valid token (401) the call is made once more with another one. A call that is interrupted is broken off.
     */
    public <T> T make(Function<Caller, T> call) {
        try {
            return Breakable.call(() -> call.apply(this));
        } catch (ClientWebApplicationException e) {
            if (renewal.isEmpty() || e.getResponse().getStatus() != NOT_AUTHENTICATED) {
                throw e;
            }
            e.getResponse().close();
            Caller renewed = renewal.orElseThrow().after(this);
            return Breakable.call(() -> call.apply(renewed));
        }
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
