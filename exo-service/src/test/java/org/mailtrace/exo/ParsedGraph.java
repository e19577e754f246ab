package org.mailtrace.exo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Graph that really parses what it is asked. A filter that is not exactly a list of comparisons joined by {@code and}
 * selects everything, which is what makes an injection succeed.
 */
final class ParsedGraph implements ResponseDefinitionTransformerV2 {
    static final String NAME = "parsed-graph";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TERM = Pattern.compile("\\G(?:(\\w+) (eq|ge|le) ('(?:[^']|'')*'|[0-9TZ:-]+)"
            + "|contains\\((\\w+), ('(?:[^']|'')*')\\))( and (?!$)|$)");
    private static final Pattern DETAILS =
            Pattern.compile(".*/([^/]+)/getDetailsByRecipient\\(recipientAddress='((?:[^']|'')*)'\\)");

    private final List<Map<String, String>> rows = new CopyOnWriteArrayList<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private final List<String> detailsOf = new CopyOnWriteArrayList<>();
    private final AtomicInteger given = new AtomicInteger();

    void hold(List<Map<String, String>> held) {
        rows.clear();
        broken.clear();
        detailsOf.clear();
        given.set(0);
        rows.addAll(held);
    }

    /** What could not be parsed. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** How many rows all answers gave. */
    int rowsGiven() {
        return given.get();
    }

    /** Whose events were asked for. */
    List<String> detailsOf() {
        return List.copyOf(detailsOf);
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        String url = event.getRequest().getUrl();
        int query = url.indexOf('?');
        ObjectNode page = JSON.createObjectNode();
        ArrayNode value = page.putArray("value");
        if (query < 0) {
            details(url, value);
        } else {
            String filter = parameter(url.substring(query + 1), "$filter");
            rows.stream().filter(row -> selects(filter, row)).forEach(row -> {
                given.incrementAndGet();
                ObjectNode node = value.addObject();
                row.forEach(node::put);
            });
        }
        return new ResponseDefinitionBuilder()
                .withHeader("Content-Type", "application/json")
                .withBody(page.toString())
                .build();
    }

    private void details(String path, ArrayNode value) {
        // A path is split at its slashes before anything in it is decoded.
        Matcher call = DETAILS.matcher(path);
        String recipient = call.matches() ? decoded(call.group(2)).replace("''", "'") : "";
        boolean literal =
                call.matches() && !decoded(call.group(2)).replace("''", "").contains("'");
        if (!literal) {
            broken.add(path);
        }
        detailsOf.add(recipient);
        value.addObject()
                .put("dateTime", "2026-11-23T08:00:01Z")
                .put("event", "Deliver")
                .put("action", "")
                .put("description", "Delivered.")
                .put("data", "");
    }

    private boolean selects(String filter, Map<String, String> row) {
        Matcher term = TERM.matcher(filter);
        boolean all = true;
        int end = 0;
        while (end < filter.length()) {
            if (!term.find()) {
                broken.add(filter);
                return true;
            }
            end = term.end();
            all &= term.group(4) == null
                    ? compares(row.get(term.group(1)), term.group(2), text(term.group(3)))
                    : row.get(term.group(4))
                            .toLowerCase(Locale.ROOT)
                            .contains(text(term.group(5)).toLowerCase(Locale.ROOT));
        }
        return all;
    }

    private static boolean compares(String has, String operator, String wanted) {
        return switch (operator) {
            case "ge" -> !Instant.parse(has).isBefore(Instant.parse(wanted));
            case "le" -> !Instant.parse(has).isAfter(Instant.parse(wanted));
            default -> has.equalsIgnoreCase(wanted);
        };
    }

    private static String text(String literal) {
        return literal.startsWith("'")
                ? literal.substring(1, literal.length() - 1).replace("''", "'")
                : literal;
    }

    private String parameter(String query, String name) {
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && decoded(pair.substring(0, equals)).equals(name)) {
                return decoded(pair.substring(equals + 1));
            }
        }
        broken.add(query);
        return "";
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public String getName() {
        return NAME;
    }
}
