package org.mailtrace.benchmarks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A source that has a row every so often, for ever, and gives those of the window that it is asked for, newest first and page by
 * page as the contract says; by Message-ID and by its own id it finds them as well. All are for {@link BackendRows#RECIPIENT}.
 */
final class WindowSource implements Answering, AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("(\\d{6,12})(?:\\.9683b4c|$)");
    /** As many as the columns of a tracking log. */
    private static final int FIELDS = 28;

    private final String name;
    private final long everyMillis;
    private final int events;
    private final int recipients;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Begins to answer.
     *
     * @param events how many events a row has where they are asked for, each with as many fields as a tracking log
     * @param recipients how many recipients a row has, that one among them
     */
    WindowSource(String name, Duration every, int events, int recipients) throws IOException {
        this.recipients = recipients;
        this.name = name;
        this.everyMillis = every.toMillis();
        this.events = events;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/traces", this::answer);
        server.start();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String id = path.substring("/traces".length());
        String json = id.isEmpty()
                ? page(parameters(exchange.getRequestURI().getRawQuery()))
                : row(number(id).orElseThrow(), true);
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            parameters.put(
                    parameter.substring(0, equals),
                    URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }

    private static Optional<Long> number(String id) {
        Matcher number = NUMBER.matcher(id);
        return number.find() ? Optional.of(Long.parseLong(number.group(1))) : Optional.empty();
    }

    private String page(Map<String, String> asked) {
        Instant from = Instant.parse(asked.get("from"));
        Instant to = Instant.parse(asked.get("to"));
        boolean detailed = asked.getOrDefault("include", "").contains("events");
        Optional<Long> one = Optional.ofNullable(asked.get("messageId")).flatMap(WindowSource::number);
        long oldest = Math.ceilDiv(from.toEpochMilli(), everyMillis);
        long newest = Math.ceilDiv(to.toEpochMilli(), everyMillis) - 1;
        long first = one.orElseGet(() ->
                Optional.ofNullable(asked.get("cursor")).map(Long::parseLong).orElse(newest));
        long last = one.orElse(Math.max(oldest, first - Integer.parseInt(asked.getOrDefault("limit", "100")) + 1));
        String rows = LongStream.iterate(first, number -> number >= last, number -> number - 1)
                .mapToObj(number -> row(number, detailed))
                .collect(Collectors.joining(","));
        String next = one.isPresent() || last <= oldest ? "" : ",\"next\":\"" + (last - 1) + '"';
        return """
                {"source":"%s","state":"ANSWERED","searchedFrom":"%s","searchedTo":"%s","searchableFrom":"%s",\
                "dataAsOf":"%s","absenceProvenUntil":"%s","tookMs":3,"parts":[],"warnings":[],"observations":[%s]%s}""".formatted(name, from, to, from.minus(Duration.ofDays(90)), to, to, rows, next);
    }

    private String row(long number, boolean detailed) {
        Instant at = Instant.ofEpochMilli(number * everyMillis);
        String happened = detailed
                ? IntStream.range(0, events)
                        .mapToObj(i -> event(number, i, at.plusMillis(i)))
                        .collect(Collectors.joining(","))
                : "";
        return forMany(BackendRows.row(name, number, at, happened));
    }

    private String forMany(String row) {
        int begin = row.indexOf("\"recipients\":[") + "\"recipients\":[".length();
        String one = row.substring(begin, row.indexOf("],\"events\"", begin));
        String others = IntStream.range(1, recipients)
                .mapToObj(i -> one.replace(BackendRows.RECIPIENT, "ana-" + i + "@rivercounty.example") + ',')
                .collect(Collectors.joining());
        return row.substring(0, begin) + others + row.substring(begin);
    }

    private static String event(long number, int event, Instant at) {
        String fields = IntStream.range(0, FIELDS)
                .mapToObj(i -> "{\"name\":\"column-" + i + "\",\"value\":\"synthetic " + number + ' ' + event + ' ' + i
                        + "\"}")
                .collect(Collectors.joining(","));
        return "{\"at\":\"" + at + "\",\"type\":\"TRANSFER\",\"recipient\":\"" + BackendRows.RECIPIENT
                + "\",\"host\":\"EXCH01\",\"text\":\"The server passed the message on to the next step.\",\"raw\":["
                + fields + "]}";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
