package org.mailtrace.http.span;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Keeps what people asked for out of the spans: the clients and servers that Quarkus measures put whole addresses into
 * them, with queries that name senders and recipients. Only text that is known to be harmless stays; anything else, also what a
 * later version of a library adds, is written over, because a span forgets nothing that was once put into it. Exceptions
 * are left out by {@code quarkus.otel.span.event.count.limit}.
 */
@Singleton
final class CleanSpans implements SpanProcessor {
    /** As the OpenTelemetry conventions want it said. */
    static final String REDACTED = "REDACTED";

    private static final Set<String> HARMLESS = Set.of(
            "http.request.method",
            "http.route",
            "error.type",
            "url.scheme",
            "server.address",
            "network.protocol.name",
            "network.protocol.version",
            "network.transport",
            "code.function",
            "code.namespace",
            "code.function.name");

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        span.getAttributes().forEach((key, value) -> {
            if (!isHarmless(key)) {
                span.setAttribute(AttributeKey.stringKey(key.getKey()), REDACTED);
            }
        });
    }

    private static boolean isHarmless(AttributeKey<?> key) {
        return HARMLESS.contains(key.getKey())
                || Set.of(AttributeType.LONG, AttributeType.DOUBLE, AttributeType.BOOLEAN)
                        .contains(key.getType());
    }

    @Override
    public boolean isStartRequired() {
        return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        throw new UnsupportedOperationException("not asked for");
    }

    @Override
    public boolean isEndRequired() {
        return false;
    }
}
