package org.mailtrace.proofpoint.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mailtrace.contract.MailId;
import org.mailtrace.index.IndexRow;
import org.mailtrace.proofpoint.row.EncodedWords;
import org.mailtrace.proofpoint.row.MessageRow;

/**
 * A record of type {@code message}, told in Smart Search's columns. {@code filter.delivered} is left out on purpose: it is
 * filled on mail that was held or dropped, too.
 */
final class MessageRecord {
    /** The part of the index that both types of records are kept under. */
    static final String PART = "log-stream";

    private static final int DIGEST_BYTES = 12;
    private static final int LONGEST_UNKNOWN = 200;
    /** Members of {@code filter} that have columns or that say nothing about the message's way. */
    private static final Set<String> READ_OF_FILTER = Set.of(
            "actions",
            "disposition",
            "startTime",
            "durationSecs",
            "msgSizeBytes",
            "mid",
            "qid",
            "routes",
            "routeDirection",
            "quarantine",
            "currentFolder",
            "isMsgEncrypted",
            "isMsgReinjected",
            "reinjectedType",
            "isMsgInDigest",
            "delivered",
            "verified",
            "suborgs",
            "origGuid",
            "pe",
            "smime",
            "modules");

    private final JsonNode json;
    private final Map<String, String> columns = new LinkedHashMap<>();

    private MessageRecord(JsonNode json) {
        this.json = json;
    }

    /** The row; empty if the record has no GUID. */
    static Optional<IndexRow> row(JsonNode json, Instant at, boolean timeIsItsOwn) {
        return Json.text(json.path("guid")).map(guid -> new MessageRecord(json).row(guid, at, timeIsItsOwn));
    }

    private IndexRow row(String guid, Instant at, boolean timeIsItsOwn) {
        put("GUID", Optional.of(guid));
        if (timeIsItsOwn) {
            put("Time", Optional.of(at.toString()));
        }
        origin();
        envelope();
        headers();
        decision();
        unknownFields();
        Optional<String> parent = Json.text(json.path("filter").path("origGuid"));
        put("Orig_GUID", parent.filter(each -> !each.equals(guid)));
        List<String> recipients = Json.texts(json.path("envelope").path("rcpts")).stream()
                .map(MessageRecord::bare)
                .toList();
        // A time of receipt is another one each time that the record is sent; it must not make another record of it.
        String key = guid + '/' + digest(RecordBody.of(columns));
        put("Time", Optional.of(at.toString()));
        String body = RecordBody.of(columns);
        return new IndexRow(
                key,
                at.truncatedTo(ChronoUnit.SECONDS),
                PART,
                parent.orElse(guid),
                ids(guid),
                Optional.of(column("Sender").orElse("<>")),
                Optional.empty(),
                recipients,
                column("Subject"),
                false,
                body);
    }

    private List<String> ids(String guid) {
        List<String> ids = new ArrayList<>(List.of(RecordedMessages.idOf(guid)));
        column("Message_ID").flatMap(MailId::messageId).ifPresent(ids::add);
        column("Final_Action")
                .filter(MessageRow.REDIRECT::equalsIgnoreCase)
                .ifPresent(action -> ids.add(RecordedMessages.REDIRECTED));
        return ids;
    }

    private void origin() {
        JsonNode agent = json.path("metadata").path("origin").path("data").path("agent");
        put("Agent", Json.text(agent).or(() -> Json.text(json.path("pps").path("agent"))));
        JsonNode connection = json.path("connection");
        put("SID", Json.text(connection.path("sid")));
        put("Sender_Host", Json.text(connection.path("host")));
        put("Sender_IP_Address", Json.text(connection.path("ip")));
        put("country", Json.text(connection.path("country")).filter(code -> !code.equals("**")));
        put("TLS", Json.text(connection.path("tls").path("inbound").path("version")));
    }

    private void envelope() {
        JsonNode envelope = json.path("envelope");
        put("Sender", Json.text(envelope.path("from")).map(MessageRecord::bare));
        put(
                "Recipients",
                joined(Json.texts(envelope.path("rcpts")).stream()
                        .map(MessageRecord::bare)
                        .toList()));
    }

    /** The vendor decodes what it can into {@code normalizedHeader}; what is only in {@code header} is as it was sent. */
    private void headers() {
        JsonNode msg = json.path("msg");
        put("Subject", header(msg, "subject").map(EncodedWords::decode));
        put(
                "Message_ID",
                Json.text(msg.path("header").path("message-id"))
                        .or(() -> Json.text(msg.path("normalizedHeader").path("message-id"))
                                .map(id -> id.startsWith("<") ? id : '<' + id + '>')));
        put("Header_From", header(msg, "from"));
        put(
                "Header_From_Address",
                Json.text(msg.path("parsedAddresses").path("from")).map(MessageRecord::bare));
        put(
                "Message_Size",
                Json.text(msg.path("sizeBytes"))
                        .or(() -> Json.text(json.path("filter").path("msgSizeBytes"))));
    }

    private static Optional<String> header(JsonNode msg, String name) {
        return Json.text(msg.path("normalizedHeader").path(name))
                .or(() -> Json.text(msg.path("header").path(name)));
    }

    private void decision() {
        JsonNode filter = json.path("filter");
        put("QID", Json.text(filter.path("qid")));
        put("Disposition_Action", Json.text(filter.path("disposition")));
        actions(filter);
        JsonNode quarantine = filter.path("quarantine");
        put("Quarantine_Folder", Json.text(quarantine.path("folder")).or(() -> Json.text(quarantine.path("folderId"))));
        put("Quarantine_Rule", Json.text(quarantine.path("rule")));
        put("Quarantine_Type", Json.text(quarantine.path("type")));
        put("current_folder", Json.text(filter.path("currentFolder")));
        put("Policy_Routes", joined(Json.texts(filter.path("routes"))));
        put("Route_Direction", Json.text(filter.path("routeDirection")));
        put(
                "Spam_Score",
                Json.text(filter.path("modules").path("spam").path("scores").path("overall")));
        put("Virus_Names", joined(Json.texts(filter.path("modules").path("av").path("virusNames"))));
        put("Message_Encrypted", flag(filter.path("isMsgEncrypted")));
        put(
                "Message_Reinjected",
                flag(filter.path("isMsgReinjected"))
                        .map(flag -> Json.text(filter.path("reinjectedType")).orElse(flag)));
        put("PE_Recipients", joined(Json.texts(filter.path("pe").path("rcpts"))));
        put("SMIME_Recipients", joined(Json.texts(filter.path("smime").path("rcpts"))));
        put("SMIME_Recipients_Signed", joined(Json.texts(filter.path("smime").path("signedRcpts"))));
    }

    /**
     * The final action is that of the last element that calls itself final, as in the vendor's own add-on; a record
     * without any has its disposition.
     */
    private void actions(JsonNode filter) {
        List<String> told = new ArrayList<>();
        List<String> rules = new ArrayList<>();
        for (JsonNode action : filter.path("actions")) {
            String rule = nameOf(action);
            rules.add(rule);
            told.add(rule + '=' + Json.text(action.path("action")).orElse(""));
            if (Json.isTrue(action.path("isFinal"))) {
                put("Final_Action", Json.text(action.path("action")));
                put("Module_ID", Json.text(action.path("module")));
                put("Final_Rule", Optional.of(rule).filter(name -> !name.isEmpty()));
            }
        }
        put("Actions", told.isEmpty() ? Optional.empty() : Optional.of(String.join(";", told)));
        put("module_rules", joined(rules.stream().distinct().toList()));
        if (column("Final_Action").isEmpty()) {
            put("Final_Action", column("Disposition_Action"));
        }
    }

    private static String nameOf(JsonNode action) {
        return List.of("module", "rule").stream()
                .flatMap(name -> Json.text(action.path(name)).stream())
                .collect(Collectors.joining("."));
    }

    /** A field that nobody has seen before is kept under its own name; only single values, and not endless ones. */
    private void unknownFields() {
        new TreeMap<>(json.path("filter").properties().stream()
                        .filter(field -> !READ_OF_FILTER.contains(field.getKey()))
                        .filter(field -> field.getValue().isValueNode())
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .forEach((name, value) -> put(
                        "filter." + name,
                        Json.text(value).map(text -> text.substring(0, Math.min(text.length(), LONGEST_UNKNOWN)))));
    }

    private static Optional<String> flag(JsonNode node) {
        return Json.isTrue(node) ? Optional.of("true") : Optional.empty();
    }

    private static Optional<String> joined(List<String> texts) {
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join(",", texts));
    }

    private static String bare(String address) {
        return address.length() > 1 && address.startsWith("<") && address.endsWith(">")
                ? address.substring(1, address.length() - 1).strip()
                : address;
    }

    private Optional<String> column(String name) {
        return Optional.ofNullable(columns.get(name));
    }

    private void put(String name, Optional<String> value) {
        value.filter(text -> !text.isEmpty()).ifPresent(text -> columns.put(name, text));
    }

    /** What tells versions of one record apart; a record that is sent again has the same. */
    private static String digest(String body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
