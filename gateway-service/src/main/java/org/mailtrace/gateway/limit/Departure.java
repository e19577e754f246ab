package org.mailtrace.gateway.limit;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The moment in which a caller has its answer, or is gone. A caller that was gone before anybody asked would never be
 * reported: a closed connection does not close again.
 */
public final class Departure {
    private Departure() {}

    /** Does this once, when that moment comes; at once if it was before. */
    public static void of(RoutingContext request, Runnable then) {
        AtomicBoolean happened = new AtomicBoolean();
        Runnable once = () -> {
            if (happened.compareAndSet(false, true)) {
                then.run();
            }
        };
        request.addEndHandler(end -> once.run());
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            once.run();
        }
    }
}
