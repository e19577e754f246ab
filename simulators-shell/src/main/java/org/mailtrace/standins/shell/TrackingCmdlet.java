package org.mailtrace.standins.shell;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/**
 * {@code Get-MessageTrackingLog}: its parameters and matching rules as Microsoft Learn documents them, its output in the
 * order of a printed object. No parameter knows wildcards; the start is inclusive, the end exclusive.
 */
final class TrackingCmdlet {
    static final String NAME = "Get-MessageTrackingLog";
    private static final int DEFAULT_RESULT_SIZE = 1000;
    private static final Set<String> PARAMETERS = Set.of(
            "server",
            "start",
            "end",
            "sender",
            "recipients",
            "messagesubject",
            "messageid",
            "internalmessageid",
            "networkmessageid",
            "eventid",
            "source",
            "reference",
            "resultsize");
    private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS");
    private static final String TYPE = "Microsoft.Exchange.Management.TransportLogSearchTasks.MessageTrackingEvent";
    private static final List<String> PROPERTIES = List.of(
            "ClientIp client-ip",
            "ClientHostname client-hostname",
            "ServerIp server-ip",
            "ServerHostname server-hostname",
            "SourceContext source-context",
            "ConnectorId connector-id",
            "Source source",
            "EventId event-id",
            "InternalMessageId internal-message-id",
            "MessageId message-id",
            "NetworkMessageId network-message-id",
            "Recipients[] recipient-address",
            "RecipientStatus[] recipient-status",
            "TotalBytes total-bytes",
            "RecipientCount recipient-count",
            "RelatedRecipientAddress related-recipient-address",
            "Reference[] reference",
            "MessageSubject message-subject",
            "Sender sender-address",
            "ReturnPath return-path",
            "Directionality directionality",
            "TenantId tenant-id",
            "OriginalClientIp original-client-ip",
            "MessageInfo message-info",
            "TransportTrafficType transport-traffic-type",
            "SchemaVersion schema-version");

    private final ShellRules rules;
    private final TrackedRows rows;

    TrackingCmdlet(ShellRules rules, TrackedRows rows) {
        this.rules = rules;
        this.rows = rows;
    }

    /**
     * What a run brings.
     *
     * @param objects its objects, as XML
     * @param more whether there were more rows than the result size
     */
    record Output(List<String> objects, boolean more) {
        Output {
            objects = List.copyOf(objects);
        }
    }

    /** Reads the parameters of a command; names in lower case. */
    static Map<String, List<String>> parameters(Element command) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (Element argument : Clixml.items(Clixml.member(command, "Args").orElseThrow())) {
            String name = Clixml.text(Clixml.member(argument, "N").orElseThrow());
            Element value = Clixml.member(argument, "V").orElseThrow();
            parameters.put(
                    name.toLowerCase(Locale.ROOT),
                    value.getTagName().equals("Obj")
                            ? Clixml.items(value).stream().map(Clixml::text).toList()
                            : List.of(Clixml.text(value)));
        }
        return parameters;
    }

    /** The parameters that it does not know. */
    static List<String> unknown(Map<String, List<String>> parameters) {
        return parameters.keySet().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .toList();
    }

    Output run(Map<String, List<String>> parameters) {
        Instant from = instant(parameters, "start", Instant.EPOCH);
        Instant to = instant(parameters, "end", Instant.now().plusSeconds(60));
        int size = parameters.containsKey("resultsize")
                ? Integer.parseInt(parameters.get("resultsize").getFirst())
                : DEFAULT_RESULT_SIZE;
        List<Map<String, String>> found = rows.between(from, to).stream()
                .filter(row -> parameters.entrySet().stream().allMatch(each -> matches(row, each)))
                .toList();
        List<Map<String, String>> newest = found.subList(Math.max(0, found.size() - size), found.size());
        return new Output(newest.stream().map(this::object).toList(), found.size() > size);
    }

    private static Instant instant(Map<String, List<String>> parameters, String name, Instant otherwise) {
        return parameters.containsKey(name)
                ? OffsetDateTime.parse(parameters.get(name).getFirst()).toInstant()
                : otherwise;
    }

    private static boolean matches(Map<String, String> row, Map.Entry<String, List<String>> parameter) {
        String value = parameter.getValue().getFirst();
        return switch (parameter.getKey()) {
            case "sender" -> value.equalsIgnoreCase(row.getOrDefault("sender-address", ""));
            case "recipients" ->
                Arrays.stream(row.getOrDefault("recipient-address", "").split(";"))
                        .anyMatch(address -> parameter.getValue().stream().anyMatch(address::equalsIgnoreCase));
            case "messagesubject" ->
                row.getOrDefault("message-subject", "")
                        .toLowerCase(Locale.ROOT)
                        .contains(value.toLowerCase(Locale.ROOT));
            case "messageid" -> value.equals(row.getOrDefault("message-id", ""));
            case "internalmessageid" -> value.equals(row.getOrDefault("internal-message-id", ""));
            case "networkmessageid" -> value.equalsIgnoreCase(row.getOrDefault("network-message-id", ""));
            case "eventid" -> value.equalsIgnoreCase(row.getOrDefault("event-id", ""));
            case "source" -> value.equalsIgnoreCase(row.getOrDefault("source", ""));
            case "reference" -> value.equals(row.getOrDefault("reference", ""));
            default -> true;
        };
    }

    /** Without {@code log-id} and {@code original-server-ip}, which the cmdlet leaves out. */
    private String object(Map<String, String> row) {
        StringBuilder xml = new StringBuilder("<Obj RefId=\"0\"><TN RefId=\"0\"><T>" + TYPE
                + "</T><T>System.Object</T></TN><ToString>" + TYPE + "</ToString><Props>");
        xml.append("<DT N=\"Timestamp\">")
                .append(timestamp(row.get("date-time")))
                .append("</DT>");
        int reference = 1;
        for (String property : PROPERTIES) {
            String name = property.substring(0, property.indexOf(' '));
            String value = row.getOrDefault(property.substring(property.indexOf(' ') + 1), "");
            if (name.endsWith("[]")) {
                xml.append(list(
                        name.substring(0, name.length() - 2), reference, value.isEmpty() ? List.of() : split(value)));
                reference++;
            } else if (value.isEmpty()) {
                xml.append("<Nil N=\"").append(name).append("\" />");
            } else {
                xml.append("<S N=\"")
                        .append(name)
                        .append("\">")
                        .append(Clixml.escaped(value))
                        .append("</S>");
            }
        }
        xml.append(eventData(reference, row.getOrDefault("custom-data", "")));
        return xml.append("</Props><MS><G N=\"RunspaceId\">6f9b0c4a-2b3f-4a68-8d70-1e6f9b0c4a25</G></MS></Obj>")
                .toString();
    }

    private String timestamp(String utc) {
        Instant at = Instant.parse(utc);
        return rules.zone()
                .map(zone -> LOCAL.format(at.atZone(zone)))
                .orElseGet(() -> LOCAL.format(at.atOffset(ZoneOffset.UTC)) + "Z");
    }

    private static String list(String name, int reference, List<String> items) {
        return "<Obj N=\"" + name + "\" RefId=\"" + reference + "\"><LST>"
                + items.stream()
                        .map(item -> "<S>" + Clixml.escaped(item) + "</S>")
                        .collect(Collectors.joining())
                + "</LST></Obj>";
    }

    /** Pairs of key and value without the type in front. */
    private static String eventData(int reference, String customData) {
        List<String> pairs = new ArrayList<>();
        for (String item : customData.split(";", -1)) {
            int equals = item.indexOf('=');
            if (equals > 0) {
                pairs.add(
                        "[" + item.substring(item.indexOf(':') + 1, equals) + ", " + item.substring(equals + 1) + "]");
            }
        }
        return list("EventData", reference, pairs);
    }

    /** At semicolons outside brackets and braces. */
    private static List<String> split(String text) {
        List<String> items = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (c == ';' && depth <= 0) {
                items.add(text.substring(start, i));
                start = i + 1;
            }
        }
        items.add(text.substring(start));
        return items;
    }
}
