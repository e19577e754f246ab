package org.mailtrace.standins.exo.historical;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mailtrace.standins.exo.TraceRow;
import org.mailtrace.standins.exo.TraceRow.Detail;
import org.mailtrace.standins.story.Organisation;

/**
 * The extended kind ({@code MessageTraceDetail}): one line per event of the tracking log. Column names are those of the
 * documentation; their order is that of tracking logs and synthetic, because no such file is public.
 */
final class ExtendedReport {
    static final List<String> HEADER = List.of(
            "date_time_utc",
            "client_ip",
            "client_hostname",
            "server_ip",
            "server_hostname",
            "source_context",
            "connector_id",
            "source",
            "event_id",
            "internal_message_id",
            "message_id",
            "network_message_id",
            "recipient_address",
            "recipient_status",
            "total_bytes",
            "recipient_count",
            "related_recipient_address",
            "reference",
            "message_subject",
            "sender_address",
            "return_path",
            "message_info",
            "directionality",
            "tenant_id",
            "original_client_ip",
            "original_server_ip",
            "custom_data");
    private static final int FIRST_INTERNAL_ID = 900_000;

    /** Recipients that something happened to at once share a line. */
    private record Happening(TraceRow row, Detail detail, List<String> recipients) {}

    private record Key(String id, Detail detail) {}

    private final Organisation organisation;
    private final String tenant;

    ExtendedReport(Organisation organisation, String tenant) {
        this.organisation = organisation;
        this.tenant = tenant;
    }

    List<List<String>> lines(List<TraceRow> rows) {
        Map<Key, List<TraceRow>> happenings = new LinkedHashMap<>();
        rows.forEach(row -> row.details()
                .forEach(detail -> happenings
                        .computeIfAbsent(new Key(row.id(), detail), key -> new ArrayList<>())
                        .add(row)));
        return happenings.entrySet().stream()
                .map(entry -> new Happening(
                        entry.getValue().getFirst(),
                        entry.getKey().detail(),
                        entry.getValue().stream().map(TraceRow::recipient).toList()))
                .sorted(Comparator.comparing(happening -> happening.detail().at()))
                .map(this::line)
                .toList();
    }

    private List<String> line(Happening happening) {
        TraceRow row = happening.row();
        Detail detail = happening.detail();
        Map<String, String> fields = detail.fields();
        String eventId = eventId(detail);
        boolean failed = eventId.equals("FAIL") || eventId.equals("DEFER");
        return List.of(
                detail.at().truncatedTo(ChronoUnit.MILLIS).toString(),
                eventId.equals("RECEIVE") ? row.fromIp() : "",
                "",
                fields.getOrDefault("ServerIP", ""),
                fields.getOrDefault("ServerHostName", ""),
                "",
                "",
                source(eventId),
                eventId,
                Integer.toString(FIRST_INTERNAL_ID + Math.floorMod(row.id().hashCode(), FIRST_INTERNAL_ID)),
                row.story().messageId(),
                SearchRequest.plain(row.id()),
                String.join(";", happening.recipients()),
                failed ? detail.description() : fields.getOrDefault("SourceContext", ""),
                Long.toString(row.story().sizeBytes()),
                Integer.toString(happening.recipients().size()),
                String.join(";", detail.related()),
                "",
                row.story().subject(),
                row.story().from(),
                row.story().from(),
                "",
                isOurs(row.story().from()) ? "Originating" : "Incoming",
                tenant,
                row.fromIp(),
                "",
                eventId.equals("AGENTINFO") ? "S:SFA=SUM|SFV=SPM|SCL=6" : "");
    }

    private static String eventId(Detail detail) {
        return switch (detail.event()) {
            case "Send" -> "SENDEXTERNAL";
            case "Resolved" -> "RESOLVE";
            case "Spam", "Transport rule", "Quarantine" -> "AGENTINFO";
            default -> detail.event().toUpperCase(Locale.ROOT);
        };
    }

    private static String source(String eventId) {
        return switch (eventId) {
            case "SUBMIT", "DELIVER" -> "STOREDRIVER";
            case "RESOLVE", "EXPAND", "REDIRECT", "TRANSFER" -> "ROUTING";
            case "AGENTINFO", "DROP" -> "AGENT";
            default -> "SMTP";
        };
    }

    private boolean isOurs(String sender) {
        return organisation.domains().stream().anyMatch(domain -> sender.endsWith("@" + domain));
    }
}
