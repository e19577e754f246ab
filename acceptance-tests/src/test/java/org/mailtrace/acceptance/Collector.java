package org.mailtrace.acceptance;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/**
 * Stands in for a collector of traces: takes what all services export, by either protocol of OTLP on one port, and keeps
 * it. Of gRPC it knows what one call with one message takes.
 */
final class Collector {
    private static final String GRPC = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private static final String HTTP = "/v1/traces";
    /** Before each message: whether it is compressed, and in four bytes how long it is. */
    private static final int PREFIX = 5;

    private static final Collector ONLY = new Collector();

    private final Queue<byte[]> exports = new ConcurrentLinkedQueue<>();
    /** The services that have exported, each after the protocol. */
    private final Set<String> exporters = ConcurrentHashMap.newKeySet();

    private final HttpServer server;

    /** A span as it was exported. */
    record Exported(String service, String name, Span.SpanKind kind, String trace, String id, String parent) {
        boolean isBelow(Exported other) {
            return parent.equals(other.id()) && trace.equals(other.trace());
        }
    }

    private Collector() {
        server = Vertx.vertx()
                .createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> take(request, body)))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void take(HttpServerRequest request, Buffer body) {
        if (request.path().equals(HTTP)) {
            keep("http/protobuf", body.getBytes());
            request.response()
                    .putHeader("Content-Type", "application/x-protobuf")
                    .end();
        } else if (request.path().equals(GRPC) && body.getByte(0) == 0 && body.length() == PREFIX + body.getInt(1)) {
            keep("grpc", body.getBytes(PREFIX, body.length()));
            request.response()
                    .putHeader("Content-Type", "application/grpc")
                    .putTrailer("grpc-status", "0")
                    .end(Buffer.buffer(new byte[PREFIX]));
        } else {
            request.response().setStatusCode(404).end();
        }
    }

    private void keep(String protocol, byte[] export) {
        exports.add(export);
        resources(export).forEach(resource -> exporters.add(protocol + " " + service(resource)));
    }

    /** Where the services find it, from the first to the last test. */
    static String url() {
        return "http://127.0.0.1:" + ONLY.server.actualPort();
    }

    /** Of a trace, the spans that have come so far. */
    static List<Exported> trace(String id) {
        return all().filter(span -> span.trace().equals(id)).toList();
    }

    /** Everything that has come so far, as the bytes were; text stands in them as it is. */
    static Stream<String> texts() {
        return ONLY.exports.stream().map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** Which services have exported so far: the protocol and the name of each. */
    static Set<String> exporters() {
        return ONLY.exporters;
    }

    private static Stream<Exported> all() {
        return ONLY.exports.stream().flatMap(Collector::read);
    }

    private static Stream<Exported> read(byte[] export) {
        return resources(export)
                .flatMap(resource -> resource.getScopeSpansList().stream()
                        .flatMap(scope -> scope.getSpansList().stream())
                        .map(span -> exported(service(resource), span)));
    }

    private static Stream<ResourceSpans> resources(byte[] export) {
        try {
            return ExportTraceServiceRequest.parseFrom(export).getResourceSpansList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String service(ResourceSpans resource) {
        return resource.getResource().getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("service.name"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    private static Exported exported(String service, Span span) {
        HexFormat hex = HexFormat.of();
        return new Exported(
                service,
                span.getName(),
                span.getKind(),
                hex.formatHex(span.getTraceId().toByteArray()),
                hex.formatHex(span.getSpanId().toByteArray()),
                hex.formatHex(span.getParentSpanId().toByteArray()));
    }
}
