package org.mailtrace.standins.proofpoint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.standins.story.Deed;
import org.mailtrace.standins.story.Hop;
import org.mailtrace.standins.story.MailSystem;

/**
 * A record of type {@code message}, after the published samples: some in today's shape and some in the older one, with
 * metadata of message parts under keys that no one would choose.
 */
final class StreamMessage {
    static final String AGENT = "m0072552.ppops.net";
    static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxx");

    private static final int LARGE = 1_200_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final FilteredMessage message;
    private final String cluster;
    private final ZoneId zone;
    /** About every second story has what older records lack or have otherwise, whenever the stand-ins were started. */
    private final boolean old;

    StreamMessage(FilteredMessage message, String cluster, ZoneId zone) {
        this.message = message;
        this.cluster = cluster;
        this.zone = zone;
        this.old = message.story().id().hashCode() % 2 == 0;
    }

    String json(boolean large) {
        ObjectNode record = JSON.objectNode();
        record.put("guid", message.guid());
        record.put("ts", TIMESTAMP.format(message.receivedAt().atZone(zone)));
        record.put("type", "message");
        record.putObject("metadata")
                .putObject("origin")
                .putObject("data")
                .put("agent", AGENT)
                .put("cid", cluster)
                .put("version", "8.21.0.1358");
        connection(record.putObject("connection"));
        ObjectNode envelope = record.putObject("envelope");
        envelope.put("from", message.sender());
        texts(envelope.putArray("rcpts"), message.recipients());
        headers(record.putObject("msg"));
        filter(record.putObject("filter"));
        part(record.putArray("msgParts").addObject(), large);
        return record.toString();
    }

    private void connection(ObjectNode connection) {
        connection
                .put("country", "**")
                .put("helo", "mail." + message.story().senderDomain())
                .put("host", "[" + message.clientIp() + "]")
                .put("ip", message.clientIp())
                .put("resolveStatus", "[unknown]")
                .put("sid", message.sid());
        if (!old) {
            connection.put("protocol", "smtp:smtp");
        }
    }

    private void headers(ObjectNode msg) {
        String from = message.story().headerFrom().orElse(message.story().from());
        String id = message.messageId();
        for (String name : List.of("header", "normalizedHeader")) {
            boolean normalized = name.startsWith("n");
            ObjectNode header = msg.putObject(name);
            header.putArray("from").add(from);
            header.putArray("subject").add(message.story().subject());
            if (!id.isEmpty()) {
                header.putArray("message-id").add(normalized ? id.replaceAll("[<>]", "") : id);
            }
            texts(header.putArray("to"), message.story().to());
        }
        ObjectNode parsed = msg.putObject("parsedAddresses");
        parsed.putArray("from").add(from.replaceAll(".*<([^>]*@[^>]*)>.*", "$1"));
        texts(parsed.putArray("to"), message.story().to());
        msg.put("lang", "en").put("sizeBytes", message.story().sizeBytes());
    }

    private void filter(ObjectNode filter) {
        FilteredMessage.Verdict verdict = message.verdict();
        actions(filter.putArray("actions"));
        filter.put("disposition", message.finalAction());
        filter.put("qid", message.qid());
        filter.put("durationSecs", 0.169678);
        filter.put("msgSizeBytes", message.story().sizeBytes() + 582);
        texts(filter.putArray("routes"), List.of(message.policyRoutes().split(",")));
        filter.put("routeDirection", message.fromOurs() ? "outbound" : "inbound");
        // Filled on mail that was held, too.
        texts(filter.putObject("delivered").putArray("rcpts"), message.recipients());
        texts(filter.putObject("verified").putArray("rcpts"), message.recipients());
        if (!verdict.folder().isEmpty()) {
            ObjectNode quarantine = filter.putObject("quarantine")
                    .put("folder", verdict.folder())
                    .put("rule", verdict.rule());
            if (!old) {
                quarantine
                        .put("folderId", verdict.folder().toLowerCase(Locale.ROOT))
                        .put("module", verdict.module())
                        .put("type", isHeld() ? "quarantine" : "copy");
            }
        }
        if (!message.parentGuid().isEmpty()) {
            filter.put("origGuid", message.parentGuid());
        }
        special(filter);
    }

    private void actions(ArrayNode actions) {
        FilteredMessage.Verdict verdict = message.verdict();
        add(actions, verdict, "add-header");
        if (!verdict.folder().isEmpty()) {
            add(actions, verdict, isHeld() ? "quarantine" : "copy");
        }
        ObjectNode last = add(actions, verdict, message.finalAction());
        if (old) {
            last.put("isFinal", "True");
        } else {
            last.put("isFinal", true);
        }
    }

    private static ObjectNode add(ArrayNode actions, FilteredMessage.Verdict verdict, String action) {
        return actions.addObject()
                .put("module", verdict.module())
                .put("rule", verdict.rule())
                .put("action", action);
    }

    private boolean isHeld() {
        return message.verdict().action().equals("discard");
    }

    /** Smart Search's columns that a story names raw, under the stream's names. */
    private void special(ObjectNode filter) {
        Map<String, String> raw = raw();
        Optional.ofNullable(raw.get("Message_Encrypted"))
                .filter(v -> !v.isEmpty())
                .ifPresent(v -> filter.put("isMsgEncrypted", isTrue(v)));
        Optional.ofNullable(raw.get("Message_Reinjected"))
                .filter(v -> !v.isEmpty())
                .ifPresent(v -> {
                    filter.put("isMsgReinjected", true);
                    if (!isTrue(v)) {
                        filter.put("reinjectedType", v);
                    }
                });
        Optional.ofNullable(raw.get("PE_Recipients"))
                .filter(v -> !v.isEmpty())
                .ifPresent(v -> texts(filter.putObject("pe").putArray("rcpts"), List.of(v.split(","))));
    }

    private static boolean isTrue(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("t") || text.equals("1");
    }

    private Map<String, String> raw() {
        Instant end = message.story()
                .hopsOf(MailSystem.PROOFPOINT)
                .filter(hop -> hop.deed() == Deed.RECEIVE && hop.at().isAfter(message.receivedAt()))
                .map(Hop::at)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
        Map<String, String> raw = new LinkedHashMap<>();
        message.story()
                .hopsOf(MailSystem.PROOFPOINT)
                .filter(hop ->
                        !hop.at().isBefore(message.receivedAt()) && hop.at().isBefore(end))
                .forEach(hop -> raw.putAll(hop.raw()));
        return raw;
    }

    /** Content as in the published samples, where it is a reference that means nothing, or very much of it. */
    private static void part(ObjectNode part, boolean large) {
        part.put("structureId", "0").put("disposition", "inline").put("labeledMime", "text/plain");
        part.put("detectedSizeBytes", -1);
        part.put("dataBase64", large ? "QUFB".repeat(LARGE / 4) : "U0NBTEFSKDB4N2YxMDVlMzNmNzA4KQ==n");
        part.put("textExtracted", "U0NBTEFSKDB4N2YxMDhhNzQ3ZDM4KQ==n");
        part.putObject("metadata").put("", "empty").put("  ", "blank").put("Author: x", "free");
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }
}
