package org.mailtrace.http.body;

import io.vertx.core.http.HttpServerRequest;
import java.util.OptionalLong;

/** Where a service takes large bodies in one place only: what it takes in all others. A bean of that service. */
public interface NarrowLimit {
    /**
     * How long the body of this request may be, in bytes; empty where {@code quarkus.http.limits.max-body-size} is all that
     * holds.
     */
    OptionalLong of(HttpServerRequest request);
}
