package org.mailtrace.http.body;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import java.util.OptionalLong;

/** Bodies that come in pieces, without a word about how many, are counted while they are read. */
@Provider
public class BodyOfUnknownLength implements ReaderInterceptor {
    private final RoutingContext routing;

    BodyOfUnknownLength(RoutingContext routing) {
        this.routing = routing;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext reading) throws IOException {
        OptionalLong limit = BodyLimit.ofUnknownLength(routing);
        if (limit.isPresent()) {
            reading.setInputStream(new CountedBody(reading.getInputStream(), limit.getAsLong()));
        }
        return reading.proceed();
    }
}
