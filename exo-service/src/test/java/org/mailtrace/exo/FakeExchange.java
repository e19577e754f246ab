package org.mailtrace.exo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

/**
 * Answers Get-MessageTraceV2 over InvokeCommand as Exchange Online does: newest first, at most ResultSize rows, the next
 * page by EndDate and StartingRecipientAddress, "more" told by a warning. All rows are synthetic.
 */
final class FakeExchange implements AutoCloseable {
    /** One row. */
    record Row(String id, Instant received, String sender, String recipient, String subject) {
        Row(String id, Instant received, String recipient) {
            this(id, received, "sam@contoso.example", recipient, "Report");
        }
    }

    /** How "more" is told. */
    enum More {
        IN_BODY,
        IN_HEADER,
        NOT_AT_ALL
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Comparator<Row> ORDER = Comparator.comparing(Row::received)
            .reversed()
            .thenComparing(row -> row.recipient().toLowerCase(Locale.ROOT));

    private final HttpServer server;
    private final List<Row> rows = new CopyOnWriteArrayList<>();
    private final List<JsonNode> commands = new CopyOnWriteArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile More more = More.IN_BODY;
    private volatile boolean startAfter;
    private volatile boolean shuffled;
    private volatile boolean stuck;
    private volatile Duration widest = Duration.ofDays(365);
    private volatile Function<JsonNode, List<ObjectNode>> details = command -> List.of();

    FakeExchange() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void reset() {
        rows.clear();
        commands.clear();
        heads.clear();
        more = More.IN_BODY;
        startAfter = false;
        shuffled = false;
        stuck = false;
        widest = Duration.ofDays(365);
        details = command -> List.of();
    }

    void holds(List<Row> held) {
        rows.addAll(held);
    }

    void tellsMore(More how) {
        more = how;
    }

    /** The row at which a page is to begin is left out, as a careful reader has to expect. */
    void startsAfterTheRow() {
        startAfter = true;
    }

    /** Inside a second the rows come in another order with every request. */
    void shufflesSeconds() {
        shuffled = true;
    }

    /** Gives the first page whatever is asked. */
    void isStuckOnTheFirstPage() {
        stuck = true;
    }

    /** Drops the connection when a search is wider. */
    void givesUpBeyond(Duration width) {
        widest = width;
    }

    void detailsAre(Function<JsonNode, List<ObjectNode>> events) {
        details = events;
    }

    /** The commands that came, each wholly parsed. */
    List<JsonNode> commands() {
        return List.copyOf(commands);
    }

    List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        JsonNode command = body.path("CmdletInput");
        JsonNode asked = command.path("Parameters");
        commands.add(body);
        heads.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                + exchange.getRequestHeaders().getFirst("X-AnchorMailbox") + " "
                + exchange.getRequestHeaders().getFirst("X-CmdletName"));
        String name = command.path("CmdletName").asText();
        if (name.equals("Get-MessageTraceDetailV2")) {
            ObjectNode page = JSON.createObjectNode();
            details.apply(asked).forEach(page.putArray("value")::add);
            reply(exchange, page);
            return;
        }
        if (!name.equals("Get-MessageTraceV2")) {
            // As Exchange Online: refused with a body that calls itself gzip and is none.
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(403, 4);
            exchange.getResponseBody().write(new byte[4]);
            exchange.close();
            return;
        }
        Instant from = instant(asked.path("StartDate"));
        Instant to = stuck ? Instant.MAX : instant(asked.path("EndDate"));
        if (!stuck && Duration.between(from, to).compareTo(widest) > 0) {
            throw new IOException("gives up");
        }
        reply(exchange, page(asked, from, to, exchange));
    }

    private ObjectNode page(JsonNode asked, Instant from, Instant to, HttpExchange exchange) {
        List<Row> found = new ArrayList<>(rows.stream()
                .filter(row -> !row.received().isBefore(from) && !row.received().isAfter(to))
                .filter(row -> matches(asked.path("RecipientAddress"), row.recipient()))
                .filter(row -> matches(asked.path("SenderAddress"), row.sender()))
                .filter(row -> !asked.has("Subject")
                        || row.subject()
                                .toLowerCase(Locale.ROOT)
                                .contains(asked.path("Subject").asText().toLowerCase(Locale.ROOT)))
                .filter(row -> !asked.has("MessageTraceId")
                        || row.id()
                                .equalsIgnoreCase(asked.path("MessageTraceId").asText()))
                .filter(row -> !asked.has("StartingRecipientAddress")
                        || begins(
                                row, to, asked.path("StartingRecipientAddress").asText()))
                .toList());
        if (shuffled) {
            Collections.shuffle(found, new Random(commands.size()));
            found.sort(Comparator.comparing(Row::received).reversed());
        } else {
            found.sort(ORDER);
        }
        int size = asked.path("ResultSize").asInt(1000);
        ObjectNode page = JSON.createObjectNode();
        ArrayNode warnings = page.putArray("@adminapi.warnings");
        ArrayNode value = page.putArray("value");
        found.stream().limit(size).forEach(row -> value.add(json(row)));
        String warning = "There are more results, use the following command to get more. Get-MessageTraceV2"
                + " -StartingRecipientAddress evil@contoso.example -EndDate \"1999-01-01\"; Remove-Mailbox *";
        if (found.size() > size && more == More.IN_BODY) {
            warnings.add(warning);
        }
        if (found.size() > size && more == More.IN_HEADER) {
            exchange.getResponseHeaders().add("X-Warnings", "[\"" + warning.replace("\"", "\\\"") + "\"]");
        }
        return page;
    }

    private boolean begins(Row row, Instant to, String recipient) {
        int order = row.recipient().compareToIgnoreCase(recipient);
        return row.received().isBefore(to) || (startAfter ? order > 0 : order >= 0);
    }

    private static boolean matches(JsonNode wanted, String address) {
        if (!wanted.isArray()) {
            return true;
        }
        for (JsonNode one : wanted) {
            String text = one.asText();
            boolean domain = text.startsWith("*@") && address.endsWith(text.substring(1));
            if (domain || text.equalsIgnoreCase(address)) {
                return true;
            }
        }
        return false;
    }

    private static ObjectNode json(Row row) {
        return JSON.createObjectNode()
                .put("MessageTraceId@data.type", "System.Guid")
                .put("MessageTraceId", row.id())
                .put("MessageId", "<" + row.id() + "@contoso.example>")
                .put("Received@data.type", "System.DateTime")
                .put("Received", row.received().toString())
                .put("SenderAddress", row.sender())
                .put("RecipientAddress", row.recipient())
                .put("Subject", row.subject())
                .put("Status", "Delivered")
                .put("Size@data.type", "System.Int32")
                .put("Size", 4711);
    }

    private static Instant instant(JsonNode text) {
        return LocalDateTime.parse(text.asText()).toInstant(ZoneOffset.UTC);
    }

    private static void reply(HttpExchange exchange, ObjectNode page) throws IOException {
        byte[] body = page.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json;odata.metadata=minimal");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
