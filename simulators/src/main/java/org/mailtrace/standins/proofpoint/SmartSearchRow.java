package org.mailtrace.standins.proofpoint;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Smart Search's row: every value a string, but for one list. The keys are those of the public integrations' fixtures;
 * how {@code Sendmail_To_Stat} is laid out is not public, here it is the newest log line per recipient.
 */
final class SmartSearchRow {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss '[UTC'XX']'");
    private static final String AGENT = "m0072552.ppops.net";

    private SmartSearchRow() {}

    static Map<String, Object> of(FilteredMessage message, ZoneId zone) {
        Map<String, Object> row = new LinkedHashMap<>();
        FilteredMessage.Verdict verdict = message.verdict();
        String rule = verdict.module() + "." + verdict.rule();
        boolean inFolder = !verdict.folder().isEmpty();
        row.put("Rule_ID", verdict.rule());
        row.put("Disposition_Action", "");
        row.put("Sendmail_Action", "");
        row.put("Attachment_Names", "");
        row.put("Recipients", String.join(",", message.recipients()));
        row.put("SendmailRaw_Log", rawLog(message, zone));
        row.put("GUID", message.guid());
        row.put("Date", DATE.format(message.receivedAt().atZone(zone)));
        row.put("Raw_Log", "");
        row.put("Sender_Host", "[" + message.clientIp() + "]");
        row.put("Module_ID", verdict.module());
        row.put("Sender_IP_Address", message.clientIp());
        row.put("Quarantine_Folder", verdict.folder());
        row.put("QID", message.qid());
        row.put("Quarantine_Rule", inFolder ? verdict.rule() : "");
        row.put("Duration", "0.124094999905240");
        row.put("Spam_Score", verdict.action().equals("discard") && inFolder ? "100" : "0");
        row.put("country", "**");
        row.put("TLS", "");
        row.put("Policy_Routes", message.policyRoutes());
        row.put("current_folder", message.held() ? verdict.folder() : "");
        row.put("FID", message.guid());
        row.put("module_rules", List.of(rule));
        row.put("PE_Recipients", "");
        row.put("Virus_Names", verdict.module().equals("av") && !verdict.rule().equals("clean") ? verdict.rule() : "");
        row.put(
                "Sendmail_Errorcode",
                newest(message)
                        .map(DeliveryLine::dsn)
                        .filter(d -> !d.startsWith("2"))
                        .orElse(""));
        row.put("FQIN", AGENT + "-10000_instance1");
        row.put("SMIME_Recipients", "");
        row.put("Agent", AGENT);
        row.put("Subject", message.story().subject());
        row.put("Final_Rule", rule);
        row.put("Suborg", "0");
        row.put("SMIME_Recipients_Signed", "");
        row.put("Message_Encrypted", "");
        row.put("Message_Split", message.parentGuid());
        row.put("Disposition_SmtpProfile", "");
        row.put("Sendmail_To", sendmailTo(message));
        row.put("Sendmail_Stat", newest(message).map(DeliveryLine::stat).orElse(""));
        row.put("SID", message.sid());
        row.put("Message_ID", message.messageId());
        row.put("Final_Action", verdict.action());
        row.put("Sender", message.sender());
        row.put("Sendmail_To_Stat", toStat(message));
        row.put("Message_Size", Long.toString(message.story().sizeBytes()));
        message.raw().forEach((column, value) -> row.replace(column, value));
        return row;
    }

    private static Optional<DeliveryLine> newest(FilteredMessage message) {
        return message.lines().isEmpty()
                ? Optional.empty()
                : Optional.of(message.lines().getLast());
    }

    private static String sendmailTo(FilteredMessage message) {
        return message.lines().stream()
                .flatMap(line -> line.to().stream())
                .distinct()
                .collect(Collectors.joining(","));
    }

    /** The newest word on each recipient, one line each. */
    private static String toStat(FilteredMessage message) {
        Map<String, String> newest = new LinkedHashMap<>();
        message.lines()
                .forEach(line ->
                        line.to().forEach(to -> newest.put(to, line.forOnly(to).text())));
        return String.join("\n", newest.values());
    }

    private static String rawLog(FilteredMessage message, ZoneId zone) {
        String agent = AGENT.substring(0, AGENT.indexOf('.')).toLowerCase(Locale.ROOT);
        return message.lines().stream()
                .map(line -> line.logLine(message.qid(), agent, zone))
                .collect(Collectors.joining("\n"));
    }
}
