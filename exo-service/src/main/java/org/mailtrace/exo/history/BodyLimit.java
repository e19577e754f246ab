package org.mailtrace.exo.history;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The service takes large bodies for the sake of report files; everywhere else a question is small. */
@ApplicationScoped
class BodyLimit {
    private static final long QUESTION = 1 << 20;

    void guard(@Observes Router router) {
        router.route().order(RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1).handler(BodyLimit::limit);
    }

    private static void limit(RoutingContext request) {
        boolean file = request.request().method().equals(HttpMethod.PUT)
                && request.normalizedPath().endsWith("/file");
        if (!file) {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, QUESTION);
        }
        request.next();
    }
}
