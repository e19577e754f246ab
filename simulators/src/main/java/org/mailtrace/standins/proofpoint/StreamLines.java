package org.mailtrace.standins.proofpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mailtrace.standins.story.HostAddress;

/** Records of type {@code maillog}: the from-line of a queued message and a to-line for each attempt to hand it on. */
final class StreamLines {
    private static final DateTimeFormatter COLON = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSxxx");
    private static final Pattern DELAY = Pattern.compile("delay=([^,]+)");
    private static final String CUT_AGENT = StreamMessage.AGENT.substring(0, StreamMessage.AGENT.indexOf('.'));

    private final FilteredMessage message;
    private final String cluster;
    private final ZoneId zone;

    private StreamLines(FilteredMessage message, String cluster, ZoneId zone) {
        this.message = message;
        this.cluster = cluster;
        this.zone = zone;
    }

    static List<StreamRecord> of(
            FilteredMessage message, String cluster, ZoneId zone, Predicate<DeliveryLine> isShown) {
        StreamLines lines = new StreamLines(message, cluster, zone);
        List<StreamRecord> records = new ArrayList<>();
        if (!message.lines().isEmpty()) {
            records.add(lines.record("from", message.receivedAt(), lines::from));
        }
        for (int i = 0; i < message.lines().size(); i++) {
            DeliveryLine line = message.lines().get(i);
            if (isShown.test(line)) {
                records.add(lines.record("to" + i, line.at(), json -> lines.to(json, line)));
            }
        }
        return records;
    }

    private StreamRecord record(String part, Instant at, Consumer<ObjectNode> body) {
        String id = UUID.nameUUIDFromBytes((message.guid() + part).getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, 22);
        boolean old = id.hashCode() % 2 == 0;
        return new StreamRecord(id, at, () -> {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("id", id).put("type", "maillog");
            json.put("ts", (old ? COLON : StreamMessage.TIMESTAMP).format(at.atZone(zone)));
            json.putObject("pps").put("agent", StreamMessage.AGENT).put("cid", cluster);
            json.putObject("metadata")
                    .putObject("origin")
                    .put("schemaVersion", "20200420")
                    .putObject("data")
                    .put("agent", StreamMessage.AGENT)
                    .put("cid", cluster);
            body.accept(json);
            ObjectNode sm = (ObjectNode) json.get("sm");
            if (part.startsWith("to") && old) {
                sm.put("pri", 35342);
            } else if (part.startsWith("to")) {
                sm.put("pri", "120812");
            }
            return json.toString();
        });
    }

    private void from(ObjectNode json) {
        String from = "<" + message.sender() + ">";
        String size = Long.toString(message.story().sizeBytes());
        int recipients = message.recipients().size();
        json.put(
                "data",
                COLON.format(message.receivedAt().atZone(zone)) + " " + CUT_AGENT + " sendmail[17416]: " + message.qid()
                        + ": from=" + from + ", size=" + size + ", class=0, nrcpts=" + recipients + ", msgid="
                        + message.messageId() + ", proto=ESMTP, daemon=MTA");
        json.putObject("sm")
                .put("qid", message.qid())
                .put("from", from)
                .put("sizeBytes", size)
                .put("class", "0")
                .put("nrcpts", Integer.toString(recipients))
                .put("msgid", message.messageId())
                .put("proto", "ESMTP")
                .put("daemon", "MTA");
    }

    private void to(ObjectNode json, DeliveryLine line) {
        json.put("data", line.logLine(message.qid(), CUT_AGENT, zone));
        json.putObject("tls").put("verify", "OK").put("version", "TLSv1.3");
        ObjectNode sm = json.putObject("sm");
        sm.put("qid", message.qid());
        sm.putArray("to")
                .addAll(line.to().stream()
                        .map(to -> JsonNodeFactory.instance.textNode("<" + to + ">"))
                        .toList());
        Matcher delay = DELAY.matcher(line.text());
        sm.put("delay", delay.find() ? delay.group(1) : "00:00:00");
        sm.put("xdelay", "00:00:01").put("mailer", "esmtp");
        if (!line.relay().isEmpty()) {
            sm.put("relay", line.relay() + ". [" + HostAddress.of(line.relay()) + "]");
        }
        sm.put("dsn", line.dsn()).put("stat", line.stat());
        if (!line.reply().isEmpty()) {
            sm.put("reply", line.reply());
        }
    }
}
