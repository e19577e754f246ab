package org.mailtrace.proofpoint.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.mailtrace.index.IndexRow;

/**
 * A record of type {@code maillog}: one line of the cluster's mail server. It belongs to a message by its agent and queue
 * id, which are not unique over weeks; so lines are kept by themselves and joined when a message is told.
 */
final class MaillogRecord {
    /** Sendmail's word for a session without a message: such lines have nothing in common. */
    private static final String WITHOUT_QUEUE = "NOQUEUE";

    private MaillogRecord() {}

    /** The row; empty if the record names no queue id. */
    static Optional<IndexRow> row(JsonNode json, Instant at) {
        JsonNode sm = json.path("sm");
        Optional<String> agent = Json.text(
                        json.path("metadata").path("origin").path("data").path("agent"))
                .or(() -> Json.text(json.path("pps").path("agent")));
        return Json.text(sm.path("qid")).map(qid -> {
            Map<String, String> columns = new LinkedHashMap<>();
            columns.put("QID", qid);
            agent.ifPresent(name -> columns.put("Agent", name));
            columns.put("Time", at.toString());
            columns.put("Line", Json.text(json.path("data")).orElseGet(() -> line(sm, qid, at)));
            List<String> to = addressees(sm);
            if (!to.isEmpty()) {
                columns.put("Line_To", String.join(",", to));
            }
            String body = RecordBody.of(columns);
            String key = Json.text(json.path("id")).orElse(body);
            return new IndexRow(
                    key,
                    at,
                    MessageRecord.PART,
                    qid.equals(WITHOUT_QUEUE) ? "l." + key : RecordedMessages.linesOf(agent.orElse(""), qid),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    false,
                    body);
        });
    }

    /** Files and programs are no addressees: sendmail writes copies to {@code /dev/null}. */
    private static List<String> addressees(JsonNode sm) {
        return Json.texts(sm.path("to")).stream()
                .map(to -> to.replace("<", "").replace(">", "").strip())
                .filter(to -> to.indexOf('@') > 0)
                .distinct()
                .toList();
    }

    /** The line as sendmail would have written it, for a record that carries only its fields. */
    private static String line(JsonNode sm, String qid, Instant at) {
        return at + " - sendmail: " + qid + ": "
                + sm.properties().stream()
                        .filter(field ->
                                !field.getKey().equals("qid") && !field.getKey().equals("stat"))
                        .map(field -> field.getKey() + '=' + String.join(",", Json.texts(field.getValue())))
                        .collect(Collectors.joining(", "))
                + Json.text(sm.path("stat")).map(stat -> ", stat=" + stat).orElse("");
    }
}
