package org.mailtrace.standins.onprem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** A tracking-log file: one day of one writer. It is opened for each write only, so that readers never wait. */
record LogFile(Path path, LocalDate day, String version) {
    private static final String LINE_END = "\r\n";
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final DateTimeFormatter PERIOD = DateTimeFormatter.ofPattern("yyyyMMdd'00'");

    static LogFile of(Path directory, Writer writer, LocalDate day, String version) {
        return new LogFile(directory.resolve(writer.prefix() + PERIOD.format(day) + "-1.LOG"), day, version);
    }

    void append(List<TrackingRow> rows) throws IOException {
        StringBuilder text = new StringBuilder();
        if (Files.notExists(path)) {
            text.append(header(
                    rows.isEmpty()
                            ? day.atStartOfDay(ZoneOffset.UTC).toInstant()
                            : rows.getFirst().at()));
        }
        text.append(rows.stream().map(row -> row.csv() + LINE_END).collect(Collectors.joining()));
        write(text.toString());
    }

    void appendLine(String line) throws IOException {
        write(line + LINE_END);
    }

    /** Every other day's files begin with a byte-order mark; both kinds exist in the field. */
    private String header(Instant first) {
        return (day.toEpochDay() % 2 == 0 ? BYTE_ORDER_MARK : "")
                + String.join(
                        LINE_END,
                        "#Software: Microsoft Exchange Server",
                        "#Version: " + version,
                        "#Log-type: Message Tracking Log",
                        "#Date: " + TrackingRow.time(first),
                        "#Fields: " + String.join(",", TrackingRow.FIELDS))
                + LINE_END;
    }

    private void write(String text) throws IOException {
        Files.write(path, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
