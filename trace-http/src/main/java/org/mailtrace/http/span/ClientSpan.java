package org.mailtrace.http.span;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.net.URI;

/**
 * One request to a vendor as a span, for the clients that Quarkus does not measure: the JDK's. It tells the host and the
 * status, as the OpenTelemetry conventions for HTTP name them, and neither the path nor the query, which hold addresses.
 * Nothing about the trace is sent to the vendor. Costs next to nothing where traces are off.
 */
public final class ClientSpan implements AutoCloseable {
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final int FIRST_ERROR = 400;

    private final Span span;
    private volatile boolean answered;

    private ClientSpan(Span span) {
        this.span = span;
    }

    /**
     * Begins, below the span that this thread works for.
     *
     * @param called who is called, as a person knows it; no part of the address
     */
    public static ClientSpan begin(String called, String method, URI address) {
        return new ClientSpan(GlobalOpenTelemetry.getOrNoop()
                .getTracer("org.mailtrace")
                .spanBuilder(method + " " + called)
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(METHOD, method)
                .setAttribute(HOST, String.valueOf(address.getHost()))
                .setAttribute(PORT, port(address))
                .startSpan());
    }

    /** An answer came, with this status. */
    public void answered(int status) {
        answered = true;
        span.setAttribute(STATUS, (long) status);
        if (status >= FIRST_ERROR) {
            failed(Integer.toString(status));
        }
    }

    /** Ends it; without an answer it is an error. What exactly went wrong is in the log, not here: it may name addresses. */
    @Override
    public void close() {
        if (!answered) {
            failed("no_answer");
        }
        span.end();
    }

    private void failed(String type) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(ERROR, type);
    }

    private static long port(URI address) {
        return address.getPort() >= 0
                ? address.getPort()
                : String.valueOf(address.getScheme()).matches("(?i)https|wss") ? 443 : 80;
    }
}
