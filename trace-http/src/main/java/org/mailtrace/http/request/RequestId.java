package org.mailtrace.http.request;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.MDC;

/**
 * {@code X-Request-Id} in and out. A caller's id is taken over if it is short and plain, so that it can stand in a log
 * line as it is; otherwise the request gets a new one.
 */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION - 100)
public class RequestId implements ContainerRequestFilter, ContainerResponseFilter {
    /** The header's name. */
    public static final String HEADER = "X-Request-Id";

    /** What it is called in a log line. */
    static final String LOGGED = "requestId";

    private static final String PROPERTY = "org.mailtrace.request-id";
    private static final int MAX_LENGTH = 64;

    @Override
    public void filter(ContainerRequestContext request) {
        MDC.put(LOGGED, of(request));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        headers(of(request)).forEach(response.getHeaders()::putSingle);
        MDC.remove(LOGGED);
    }

    /** The id of the request, which is given one if it has none yet. */
    public static String of(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof String known) {
            return known;
        }
        String id = chosen(Optional.ofNullable(request.getHeaderString(HEADER)));
        request.setProperty(PROPERTY, id);
        return id;
    }

    /** The id of a request that comes with this header, or with none. */
    public static String chosen(Optional<String> given) {
        return given.filter(RequestId::isPlain)
                .orElseGet(() -> UUID.randomUUID().toString());
    }

    /** What stands in the head of every answer. */
    public static Map<String, String> headers(String id) {
        return Map.of(HEADER, id, "X-Content-Type-Options", "nosniff", "Cache-Control", "no-store");
    }

    private static boolean isPlain(String id) {
        return !id.isEmpty()
                && id.length() <= MAX_LENGTH
                && id.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "._-".indexOf(c) >= 0));
    }
}
