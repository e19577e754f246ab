package org.mailtrace.http.body;

import io.vertx.core.Context;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a caller still sends after it was answered: refused before its body was read, or while it was. Many callers write
 * all of a body before they read anything, and would never see the answer if nobody took it from them. It is taken within
 * bounds and thrown away; beyond them the connection is closed, so that nobody is kept by a body that is slow or endless.
 */
@ApplicationScoped
class UnreadBody {
    /** Nothing is wrong: RFC 9113, section 8.1, lets a server end a request so, once it has answered. */
    private static final long NO_ERROR = 0;

    private final long mostBytes;
    private final long mostMillis;

    UnreadBody(UnreadBodySettings settings) {
        this.mostBytes = settings.size().asLongValue();
        this.mostMillis = Math.max(1, settings.time().toMillis());
    }

    /** Sees to it once this request is answered. Called on its event loop. */
    void afterTheAnswer(RoutingContext routing) {
        Context loop = routing.vertx().getOrCreateContext();
        routing.addEndHandler(answered -> {
            if (answered.succeeded()) {
                loop.runOnContext(now -> readAway(routing));
            }
        });
    }

    private void readAway(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        boolean goodbye = saysGoodbye(routing.response());
        if (request.version() == HttpVersion.HTTP_2) {
            if (!request.isEnded()) {
                routing.response().reset(NO_ERROR);
            }
            return;
        }
        HttpConnection connection = request.connection();
        if (request.isEnded()) {
            closeIf(goodbye, connection);
            return;
        }
        long timer = routing.vertx().setTimer(mostMillis, late -> connection.close());
        AtomicLong left = new AtomicLong(mostBytes);
        request.handler(piece -> closeIf(left.addAndGet(-piece.length()) < 0, connection));
        request.exceptionHandler(gone -> routing.vertx().cancelTimer(timer));
        request.endHandler(over -> {
            routing.vertx().cancelTimer(timer);
            closeIf(goodbye, connection);
        });
        request.resume();
    }

    private static boolean saysGoodbye(HttpServerResponse response) {
        return response.headers().contains("Connection", "close", true);
    }

    private static void closeIf(boolean wanted, HttpConnection connection) {
        if (wanted) {
            connection.close();
        }
    }
}
