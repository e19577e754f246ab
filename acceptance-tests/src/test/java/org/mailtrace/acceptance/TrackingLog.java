package org.mailtrace.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A synthetic message tracking log that goes on growing, with the columns of the stand-ins' own. */
final class TrackingLog {
    /** Every row has it, so that one question finds all of them. */
    static final String SENDER = "ending@contoso.example";

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMddHH").withZone(ZoneOffset.UTC);

    private final Path file;
    private final List<String> columns;
    private int written;

    /** Begins a file of the present hour in a directory. */
    TrackingLog(Path directory) throws IOException {
        List<String> header = anyHeader();
        this.file = directory.resolve("MSGTRK" + HOUR.format(Instant.now()) + "-1.LOG");
        this.columns = header.stream()
                .filter(line -> line.startsWith("#Fields: "))
                .flatMap(line ->
                        Arrays.stream(line.substring("#Fields: ".length()).split(",", -1)))
                .toList();
        Files.writeString(file, String.join("\r\n", header) + "\r\n");
    }

    private static List<String> anyHeader() throws IOException {
        try (Stream<Path> files = Files.walk(Launcher.HOME.resolve("run/stand-ins"))) {
            Path any = files.filter(each -> each.getFileName().toString().matches("MSGTRK2.*\\.LOG"))
                    .findFirst()
                    .orElseThrow();
            try (Stream<String> lines = Files.lines(any)) {
                // Some servers begin a file with a byte order mark.
                return lines.map(line -> line.replace("\uFEFF", ""))
                        .takeWhile(line -> line.startsWith("#"))
                        .toList();
            }
        }
    }

    /** Messages that were handed to a mailbox each, one row for each, not further apart than their numbers. */
    synchronized void write(int messages) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        StringBuilder rows = new StringBuilder();
        for (int end = written + messages; written < end; written++) {
            rows.append(row(now, written)).append("\r\n");
        }
        try {
            Files.writeString(file, rows, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized int written() {
        return written;
    }

    /** The Message-ID of the message with this number. */
    static String messageId(int number) {
        return "<ending-" + number + "@contoso.example>";
    }

    private String row(Instant at, int number) {
        Map<String, String> values = Map.of(
                "date-time",
                at.toString().length() == 20 ? at.toString().replace("Z", ".000Z") : at.toString(),
                "source",
                "STOREDRIVER",
                "event-id",
                "DELIVER",
                "internal-message-id",
                Integer.toString(number),
                "message-id",
                messageId(number),
                "recipient-address",
                "user" + number % 7 + "@rivercounty.example",
                "recipient-count",
                "1",
                "sender-address",
                SENDER,
                "return-path",
                SENDER,
                "message-subject",
                "Number " + number);
        return columns.stream().map(column -> values.getOrDefault(column, "")).collect(Collectors.joining(","));
    }
}
