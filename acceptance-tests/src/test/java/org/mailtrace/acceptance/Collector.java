package org.mailtrace.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** Stands in for a collector of traces: takes what all services export (OTLP over HTTP), and keeps it. */
final class Collector {
    private static final Collector ONLY = new Collector();

    private final Queue<byte[]> exports = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    /** A span as it was exported. */
    record Exported(String service, String name, Span.SpanKind kind, String trace, String id, String parent) {
        boolean isBelow(Exported other) {
            return parent.equals(other.id()) && trace.equals(other.trace());
        }
    }

    private Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    private void take(HttpExchange exchange) throws IOException {
        exports.add(exchange.getRequestBody().readAllBytes());
        exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** Where the services find it, from the first to the last test. */
    static String url() {
        return "http://127.0.0.1:" + ONLY.server.getAddress().getPort();
    }

    /** Of a trace, the spans that have come so far. */
    static List<Exported> trace(String id) {
        return all().filter(span -> span.trace().equals(id)).toList();
    }

    /** Everything that has come so far, as the bytes were; text stands in them as it is. */
    static Stream<String> texts() {
        return ONLY.exports.stream().map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
    }

    private static Stream<Exported> all() {
        return ONLY.exports.stream().flatMap(Collector::read);
    }

    private static Stream<Exported> read(byte[] export) {
        try {
            return ExportTraceServiceRequest.parseFrom(export).getResourceSpansList().stream()
                    .flatMap(resource -> resource.getScopeSpansList().stream()
                            .flatMap(scope -> scope.getSpansList().stream())
                            .map(span -> exported(service(resource), span)));
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
