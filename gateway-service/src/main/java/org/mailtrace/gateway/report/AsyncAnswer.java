package org.mailtrace.gateway.report;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.mailtrace.gateway.answer.TraceAnswer;

/** The headers that go with reports. */
final class AsyncAnswer {
    private AsyncAnswer() {}

    /** It was taken in. */
    static Response accepted(GatewayReport report) {
        return looked(
                Response.status(Response.Status.ACCEPTED)
                        .location(URI.create(report.links().self())),
                report);
    }

    /** So it stands. */
    static Response standing(GatewayReport report) {
        return looked(Response.ok(), report);
    }

    /** A page, linked to the next one. */
    static Response linked(Response.ResponseBuilder response, TraceAnswer page) {
        page.page().next().ifPresent(next -> response.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\""));
        return response.build();
    }

    private static Response looked(Response.ResponseBuilder response, GatewayReport report) {
        report.retryAfterSeconds().ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.entity(report).build();
    }
}
