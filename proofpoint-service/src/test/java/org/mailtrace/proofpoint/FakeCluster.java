package org.mailtrace.proofpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.mailtrace.testkit.TcpFront;

/**
 * A cluster of synthetic mail that speaks Smart Search and the quarantine as the real ones do: one value per parameter,
 * addresses matched by parts, answers cut at {@code count} and {@code limit} without a word, dates with an offset.
 */
final class FakeCluster {
    static final String PASSWORD = "canary-pass-4711";
    static final String USERNAME = "svc-mailtrace";
    private static final DateTimeFormatter SEARCH_DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss '[UTC'XX']'");
    private static final DateTimeFormatter PARAMETER = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXX");

    /** What a path answers instead of data. */
    interface Misbehaviour {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    /** One request as it came. */
    record Seen(String path, Map<String, String> parameters) {}

    final List<Map<String, String>> rows = new CopyOnWriteArrayList<>();
    final List<Map<String, Object>> held = new CopyOnWriteArrayList<>();
    final List<Seen> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Misbehaviour> misbehaviours = new ConcurrentHashMap<>();
    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final TcpFront front;
    private volatile String password = PASSWORD;
    private volatile int mostHeld = Integer.MAX_VALUE;

    FakeCluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        front = new TcpFront(server.getAddress().getPort());
    }

    String url() {
        return "http://127.0.0.1:" + front.port();
    }

    void stop() {
        front.stop();
        server.stop(0);
    }

    /** Makes a path misbehave; {@code quarantine/Bulk} means one folder, {@code pss/filter?guid} one way to ask. */
    void misbehave(String path, Misbehaviour misbehaviour) {
        misbehaviours.put(path, misbehaviour);
    }

    void behave() {
        misbehaviours.clear();
        password = PASSWORD;
        mostHeld = Integer.MAX_VALUE;
        front.recover();
    }

    /** The door in front of it, for what networks do. */
    TcpFront front() {
        return front;
    }

    /** The quarantine cuts its answers at a number of its own. */
    void cutHeldAt(int records) {
        mostHeld = records;
    }

    /** An administrator has given the account another password. */
    void rotatePassword(String next) {
        password = next;
    }

    long requestsTo(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).count();
    }

    /** A row of mail from outside that was let through. */
    static Map<String, String> row(String guid, Instant at, String sender, String recipients, String subject) {
        Map<String, String> row = new TreeMap<>();
        row.put("GUID", guid);
        row.put("Date", SEARCH_DATE.format(at.atOffset(ZoneOffset.ofHours(-6))));
        row.put("Sender", sender);
        row.put("Recipients", recipients);
        row.put("Subject", subject);
        row.put("Message_ID", "<" + guid + "@shop.example>");
        row.put("Final_Action", "continue");
        row.put("Final_Rule", "spam.notspam");
        row.put("Module_ID", "spam");
        row.put("Policy_Routes", "default_inbound");
        row.put("Sender_IP_Address", "192.0.2.10");
        row.put("Sender_Host", "mail.shop.example");
        row.put("QID", "27Q0O7ss000303");
        row.put("Agent", "m0000001.ppops.example");
        row.put("Message_Size", "4321");
        row.put("Quarantine_Folder", "");
        row.put("Sendmail_Stat", "");
        return row;
    }

    static Map<String, String> heldRow(String guid, Instant at, String recipients, String rule, String folder) {
        Map<String, String> row = row(guid, at, "offers@shop.example", recipients, "Autumn offers");
        row.put("Final_Action", "discard");
        row.put("Final_Rule", "spam." + rule);
        row.put("Quarantine_Rule", rule);
        row.put("Quarantine_Folder", folder);
        return row;
    }

    static Map<String, Object> heldRecord(String guid, Instant at, String recipient, String folder) {
        return Map.of(
                "guid",
                guid,
                "date",
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").format(at.atOffset(ZoneOffset.UTC)),
                "folder",
                folder,
                "rcpts",
                List.of(recipient),
                "localguid",
                "6:6:239");
    }

    static void status(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/rest/v1/", "");
        Map<String, String> parameters = parameters(exchange);
        requests.add(new Seen(path, parameters));
        Optional<Misbehaviour> misbehaviour = Optional.ofNullable(misbehaviours.get(path))
                .or(() -> Optional.ofNullable(misbehaviours.get(path + "/" + parameters.get("folder"))))
                .or(() -> parameters.keySet().stream()
                        .flatMap(name -> Optional.ofNullable(misbehaviours.get(path + "?" + name)).stream())
                        .findFirst());
        try {
            if (misbehaviour.isPresent()) {
                misbehaviour.get().answer(exchange);
            } else if (!isSigned(exchange)) {
                status(exchange, 401, "text/plain", "no");
            } else if (path.equals("pss/filter")) {
                status(exchange, 200, "application/json", json.writeValueAsString(search(parameters)));
            } else {
                status(exchange, 200, "application/json", json.writeValueAsString(quarantine(parameters)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private boolean isSigned(HttpExchange exchange) {
        String pair = Base64.getEncoder().encodeToString((USERNAME + ":" + password).getBytes(StandardCharsets.UTF_8));
        return ("Basic " + pair).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private Map<String, Object> search(Map<String, String> parameters) {
        Instant from = OffsetDateTime.parse(parameters.get("from"), PARAMETER).toInstant();
        Instant to = OffsetDateTime.parse(parameters.get("to"), PARAMETER).toInstant();
        List<Map<String, String>> found = new ArrayList<>();
        for (Map<String, String> row : rows) {
            if (isMeant(row, parameters) && isIn(row, from, to)) {
                found.add(row);
            }
        }
        int count = Integer.parseInt(parameters.getOrDefault("count", "100"));
        return found.isEmpty()
                ? Map.of()
                : Map.of("result", found.stream().limit(count).toList());
    }

    private static boolean isIn(Map<String, String> row, Instant from, Instant to) {
        try {
            Instant at = OffsetDateTime.parse(row.get("Date"), SEARCH_DATE).toInstant();
            return !at.isBefore(from) && at.isBefore(to);
        } catch (java.time.DateTimeException e) {
            return true;
        }
    }

    private static boolean isMeant(Map<String, String> row, Map<String, String> parameters) {
        return contains(row, "Sender", parameters.get("env_from"))
                && contains(row, "Recipients", parameters.get("env_rcpt"))
                && contains(row, "Subject", parameters.get("subject"))
                && contains(row, "Message_ID", parameters.get("hdr_mid"))
                && contains(row, "GUID", parameters.get("guid"))
                && contains(row, "Final_Action", parameters.get("action"));
    }

    private static boolean contains(Map<String, String> row, String column, String wanted) {
        return wanted == null || row.get(column).toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT));
    }

    private Map<String, Object> quarantine(Map<String, String> parameters) {
        List<Map<String, Object>> found = held.stream()
                .filter(record -> record.get("folder").equals(parameters.get("folder")))
                .filter(record -> ((List<?>) record.get("rcpts")).contains(parameters.get("rcpt")))
                .filter(record -> record.get("date").toString().compareTo(parameters.get("startdate")) >= 0)
                .filter(record -> record.get("date").toString().compareTo(parameters.get("enddate")) <= 0)
                .limit(Math.min(mostHeld, Integer.parseInt(parameters.get("limit"))))
                .toList();
        return Map.of("count", found.size(), "records", found);
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        return Arrays.stream(query.split("&"))
                .filter(pair -> pair.contains("="))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(
                        pair -> URLDecoder.decode(pair[0], StandardCharsets.UTF_8),
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }
}
