package org.mailtrace.standins.exo.historical;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.mailtrace.standins.exo.TraceRow;
import org.mailtrace.standins.story.Organisation;

/**
 * The summary kind ({@code MessageTrace}): one line per message. Column names are those of the documentation; their order
 * and the file's details are synthetic, because no such file is public.
 */
final class SummaryReport {
    static final List<String> HEADER = List.of(
            "origin_timestamp_utc",
            "sender_address",
            "recipient_status",
            "message_subject",
            "total_bytes",
            "message_id",
            "network_message_id",
            "original_client_ip",
            "directionality",
            "connector_id",
            "delivery_priority");
    private static final int SUBJECT_LENGTH = 256;
    private static final int CLIENT_IP_DAYS = 10;

    private final Organisation organisation;
    private final Instant now;

    SummaryReport(Organisation organisation, Instant now) {
        this.organisation = organisation;
        this.now = now;
    }

    List<List<String>> lines(List<TraceRow> rows) {
        Map<String, List<TraceRow>> messages =
                rows.stream().collect(Collectors.groupingBy(TraceRow::id, LinkedHashMap::new, Collectors.toList()));
        return messages.values().stream().map(this::line).toList();
    }

    private List<String> line(List<TraceRow> rows) {
        TraceRow first = rows.getFirst();
        String subject = first.story().subject();
        boolean old = first.received().isBefore(now.minus(CLIENT_IP_DAYS, ChronoUnit.DAYS));
        return List.of(
                first.received().truncatedTo(ChronoUnit.MILLIS).toString(),
                first.story().from(),
                rows.stream().map(SummaryReport::recipientStatus).collect(Collectors.joining(";")),
                subject.substring(0, Math.min(SUBJECT_LENGTH, subject.length())),
                Long.toString(first.story().sizeBytes()),
                first.story().messageId(),
                SearchRequest.plain(first.id()),
                old ? "" : first.fromIp(),
                isOurs(first.story().from()) ? "2" : "1",
                "",
                "Normal");
    }

    private static String recipientStatus(TraceRow row) {
        return row.recipient() + "##"
                + row.details().stream().map(TraceRow.Detail::event).distinct().collect(Collectors.joining(", "));
    }

    private boolean isOurs(String sender) {
        return organisation.domains().stream().anyMatch(domain -> sender.endsWith("@" + domain));
    }
}
