package org.mailtrace.testkit;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** What a collector would have got, of the traces that a test asks for. */
@Singleton
public class RecordedSpans implements SpanExporter {
    private final Map<String, Map<String, SpanData>> traces = new ConcurrentHashMap<>();

    /** From now on the spans of this trace are kept. */
    public void keep(String traceId) {
        traces.put(traceId, new ConcurrentHashMap<>());
    }

    /** The spans of a trace so far. */
    public List<SpanData> of(String traceId) {
        return List.copyOf(traces.get(traceId).values());
    }

    /** The spans of a trace once there are some like that: a server's span ends after its answer. */
    public List<SpanData> of(String traceId, Predicate<List<SpanData>> complete) {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> of(traceId), complete);
    }

    /** Everything that can be read in a span. */
    public static String text(SpanData span) {
        return String.join(
                " ",
                span.getName(),
                span.getAttributes().toString(),
                span.getEvents().toString(),
                span.getLinks().toString(),
                span.getStatus().toString(),
                span.getResource().getAttributes().toString());
    }

    @Produces
    @Singleton
    static SpanProcessor atOnce(RecordedSpans spans) {
        return SimpleSpanProcessor.create(spans);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        for (SpanData span : spans) {
            traces.computeIfPresent(span.getTraceId(), (trace, known) -> {
                known.put(span.getSpanId(), span);
                return known;
            });
        }
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        traces.clear();
        return CompletableResultCode.ofSuccess();
    }
}
