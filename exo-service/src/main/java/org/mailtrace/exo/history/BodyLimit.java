package org.mailtrace.exo.history;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalLong;
import org.mailtrace.http.body.NarrowLimit;

/** The service takes large bodies for the sake of report files; everywhere else a question is small. */
@ApplicationScoped
class BodyLimit implements NarrowLimit {
    private static final long QUESTION = 1 << 20;

    @Override
    public OptionalLong of(HttpServerRequest request) {
        boolean file = request.method().equals(HttpMethod.PUT) && request.path().endsWith("/file");
        return file ? OptionalLong.empty() : OptionalLong.of(QUESTION);
    }
}
