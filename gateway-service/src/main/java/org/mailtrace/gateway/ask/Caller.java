package org.mailtrace.gateway.ask;

import java.util.Objects;

/**
 * On whose behalf the sources are asked: the caller's own token goes through, so that a source decides by the caller's
 * rights and not by the gateway's.
 */
public record Caller(String authorization, String requestId) {
    public Caller {
        Objects.requireNonNull(authorization, "authorization");
        Objects.requireNonNull(requestId, "requestId");
    }

    /** The token is never shown. */
    @Override
    public String toString() {
        return "Caller[requestId=" + requestId + "]";
    }
}
