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
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A tenant with synthetic messages that is asked as Microsoft Graph is: rows of a window and a recipient, newest first,
 * page by page, each after a while. It outlives the service that asks it, and counts.
 */
final class GraphTenant implements AutoCloseable {
    private static final Pattern FROM = Pattern.compile("receivedDateTime ge (\\S+)");
    private static final Pattern TO = Pattern.compile("receivedDateTime le (\\S+)");
    private static final Pattern RECIPIENT = Pattern.compile("recipientAddress eq '([^']+)'");
    private static final Pattern PARAMETER = Pattern.compile("(?:^|&)\\$(filter|top|skiptoken)=([^&]*)");
    private static final String TRACES = "/v1.0/admin/exchange/tracing/messageTraces";
    private static final String TOKEN = "/tenant/oauth2/v2.0/token";
    private static final int RECIPIENTS = 3;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Row> rows;
    private final Duration latency;
    private final AtomicInteger pages = new AtomicInteger();

    private record Row(Instant at, String recipient, String json) {}

    GraphTenant(int count, Instant newest, Duration span, Duration latency) throws IOException {
        this.rows = rows(count, newest, span);
        this.latency = latency;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(
                TOKEN,
                exchange -> answer(
                        exchange, "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"synthetic\"}"));
        server.createContext(TRACES, this::page);
        server.start();
    }

    static String recipient(int number) {
        return "user" + number + "@rivercounty.example";
    }

    String graphUrl() {
        return address() + "/v1.0";
    }

    String tokenUrl() {
        return address() + TOKEN;
    }

    /** How many pages were asked for. */
    int pages() {
        return pages.get();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static List<Row> rows(int count, Instant newest, Duration span) {
        Random random = new Random(4711);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant at = newest.minusSeconds(random.nextInt((int) span.toSeconds()));
            String id = "4451a062-48cb-e80d-e8c0-%012x".formatted(i / RECIPIENTS);
            String recipient = recipient(i % RECIPIENTS);
            rows.add(new Row(
                    at,
                    recipient,
                    ("{\"id\":\"%s\",\"senderAddress\":\"sam@contoso.example\",\"recipientAddress\":\"%s\","
                                    + "\"messageId\":\"<%s@contoso.example>\",\"receivedDateTime\":\"%s\","
                                    + "\"subject\":\"Number %d\",\"size\":4567,\"fromIP\":\"192.0.2.7\",\"toIP\":\"\","
                                    + "\"status\":\"delivered\"}")
                            .formatted(id, recipient, id, at, i)));
        }
        rows.sort(Comparator.comparing(Row::at).reversed());
        return rows;
    }

    private void page(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getRawQuery() == null) {
            // The details of one message.
            answer(
                    exchange,
                    "{\"value\":[{\"id\":\"1\",\"dateTime\":\""
                            + rows.getFirst().at()
                            + "\",\"event\":\"Deliver\",\"action\":\"\",\"description\":\"\",\"data\":\"\"}]}");
            return;
        }
        pages.incrementAndGet();
        String filter = "";
        int top = 1000;
        int skip = 0;
        Matcher parameters = PARAMETER.matcher(exchange.getRequestURI().getRawQuery());
        while (parameters.find()) {
            String value = URLDecoder.decode(parameters.group(2), StandardCharsets.UTF_8);
            switch (parameters.group(1)) {
                case "filter" -> filter = value;
                case "top" -> top = Integer.parseInt(value);
                default -> {
                    String[] token =
                            new String(Base64.getUrlDecoder().decode(value), StandardCharsets.UTF_8).split("\n", 3);
                    skip = Integer.parseInt(token[0]);
                    top = Integer.parseInt(token[1]);
                    filter = token[2];
                }
            }
        }
        rest();
        answer(exchange, page(filter, top, skip));
    }

    private String page(String filter, int top, int skip) {
        Instant from = Instant.parse(value(FROM, filter));
        Instant to = Instant.parse(value(TO, filter));
        String recipient = value(RECIPIENT, filter);
        List<Row> selected = rows.stream()
                .filter(row -> !row.at().isBefore(from) && !row.at().isAfter(to))
                .filter(row -> row.recipient().equals(recipient))
                .toList();
        int end = Math.min(skip + top, selected.size());
        String token = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((end + "\n" + top + "\n" + filter).getBytes(StandardCharsets.UTF_8));
        String next = end < selected.size()
                ? "\"@odata.nextLink\":\"" + address() + TRACES + "?$skiptoken=" + token + "\","
                : "";
        return selected.subList(Math.min(skip, end), end).stream()
                .map(Row::json)
                .collect(Collectors.joining(",", "{" + next + "\"value\":[", "]}"));
    }

    private static String value(Pattern pattern, String filter) {
        Matcher matcher = pattern.matcher(filter);
        if (!matcher.find()) {
            throw new IllegalArgumentException("a filter without " + pattern);
        }
        return matcher.group(1);
    }

    private void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(latency.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
