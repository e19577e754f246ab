package org.mailtrace.exo.history.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes synthetic report files, by a writer of its own. */
public final class ReportWriter {
    public static final List<String> SUMMARY = List.of(
            "origin_timestamp_utc",
            "sender_address",
            "recipient_status",
            "message_subject",
            "total_bytes",
            "message_id",
            "network_message_id",
            "original_client_ip",
            "directionality");
    public static final List<String> EXTENDED = List.of(
            "date_time_utc",
            "source",
            "event_id",
            "message_id",
            "network_message_id",
            "recipient_address",
            "recipient_status",
            "related_recipient_address",
            "message_subject",
            "sender_address");

    private ReportWriter() {}

    public static String csv(String lineBreak, List<List<String>> records) {
        StringBuilder text = new StringBuilder();
        for (List<String> fields : records) {
            List<String> quoted = new ArrayList<>();
            fields.forEach(field -> quoted.add(quoted(field)));
            text.append(String.join(",", quoted)).append(lineBreak);
        }
        return text.toString();
    }

    public static String summary(String... recipientStatuses) {
        List<List<String>> records = new ArrayList<>(List.of(SUMMARY));
        for (String status : recipientStatuses) {
            records.add(summaryRow(records.size(), "2026-11-20T07:30:00Z", status));
        }
        return csv("\r\n", records);
    }

    public static List<String> summaryRow(int number, String at, String recipientStatus) {
        return List.of(
                at,
                "sam@contoso.example",
                recipientStatus,
                "Quarterly report",
                "45678",
                "<q" + number + "@contoso.example>",
                guid(number),
                "192.0.2.7",
                "1");
    }

    public static String guid(int number) {
        return String.format("%08x48cbe80de8c0196330437ae6", number);
    }

    public static HistoryFile open(String text) throws IOException, UnfitFile {
        return open(text, StandardCharsets.UTF_16LE);
    }

    public static HistoryFile open(String text, Charset charset) throws IOException, UnfitFile {
        return HistoryFile.open(new ByteArrayInputStream(text.getBytes(charset)), RowLimits.DOCUMENTED);
    }

    public static HistoryFile fixture(String name) throws IOException, UnfitFile {
        InputStream in = ReportWriter.class.getResourceAsStream("/history/" + name);
        return HistoryFile.open(in, RowLimits.DOCUMENTED);
    }

    public static List<HistoryRow> rows(HistoryFile file) throws IOException {
        List<HistoryRow> rows = new ArrayList<>();
        for (var row = file.next(); row.isPresent(); row = file.next()) {
            rows.add(row.orElseThrow());
        }
        return rows;
    }

    private static String quoted(String field) {
        boolean needed = field.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return needed ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
