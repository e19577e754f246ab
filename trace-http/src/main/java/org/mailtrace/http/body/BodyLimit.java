package org.mailtrace.http.body;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.mailtrace.contract.Problem;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.request.RequestId;

/**
 * Refuses bodies that are too long in words that arrive. Quarkus alone answers without a word and closes the connection
 * while the caller still writes, so that it most often sees a broken connection. A body that says its length is refused
 * here, before anything is read or asked; one that does not say it, by {@link BodyOfUnknownLength}.
 */
@ApplicationScoped
class BodyLimit {
    /** Priorities of filters are the orders of routes, the other way round. */
    private static final int BEFORE_QUARKUS_LOOKS = -RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 100;

    private static final int AFTER_QUARKUS_LOOKED = -RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1;
    /** What comes with these all the same is not read by anybody; Quarkus would count it. */
    private static final Set<HttpMethod> BODILESS = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private static final String LIMIT = BodyLimit.class.getName();

    private final long widest;
    private final Instance<NarrowLimit> narrow;
    private final UnreadBody unread;
    private final ObjectMapper json;

    BodyLimit(
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize widest,
            @Any Instance<NarrowLimit> narrow,
            UnreadBody unread,
            ObjectMapper json) {
        this.widest = widest.asLongValue();
        this.narrow = narrow;
        this.unread = unread;
        this.json = json;
    }

    void guard(@Observes Filters filters) {
        filters.register(this::look, BEFORE_QUARKUS_LOOKS);
        filters.register(BodyLimit::leaveItToUs, AFTER_QUARKUS_LOOKED);
    }

    /** How long the body of a request that does not say its length may be. */
    static OptionalLong ofUnknownLength(RoutingContext routing) {
        Long limit = routing.get(LIMIT);
        return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
    }

    private void look(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean unknown = length == null && mayHaveABody(request);
        if (length == null && !unknown) {
            routing.next();
            return;
        }
        unread.afterTheAnswer(routing);
        long limit = limitOf(request);
        if (unknown) {
            routing.put(LIMIT, limit);
            routing.next();
        } else if (Long.parseLong(length) > limit) {
            refuse(routing, TooLarge.beyond(limit));
        } else {
            routing.next();
        }
    }

    /** HTTP/2 says only by the end of a stream that there is none, and that comes after this. */
    private static boolean mayHaveABody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                ? !BODILESS.contains(request.method())
                : request.headers().contains("Transfer-Encoding");
    }

    private long limitOf(HttpServerRequest request) {
        return narrow.stream()
                .map(limit -> limit.of(request))
                .flatMapToLong(OptionalLong::stream)
                .reduce(widest, Math::min);
    }

    /** What counts bytes of unknown number for Quarkus would cut the connection off. */
    private static void leaveItToUs(RoutingContext routing) {
        if (ofUnknownLength(routing).isPresent()) {
            routing.remove(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY);
        }
        routing.next();
    }

    private void refuse(RoutingContext routing, ProblemException problem) {
        HttpServerRequest request = routing.request();
        HttpServerResponse response = routing.response();
        String id = RequestId.chosen(Optional.ofNullable(request.getHeader(RequestId.HEADER)));
        RequestId.headers(id).forEach(response::putHeader);
        if (request.version() != HttpVersion.HTTP_2) {
            response.putHeader("Connection", "close");
        }
        response.setStatusCode(problem.kind().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(text(problem.document(id)));
    }

    private String text(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
