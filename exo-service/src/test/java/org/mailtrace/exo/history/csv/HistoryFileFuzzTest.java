package org.mailtrace.exo.history.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.exo.history.csv.ReportWriter.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Random files. More of them: {@code -Dmailtrace.fuzz.documents=100000 -Dmailtrace.fuzz.seed=...}. */
class HistoryFileFuzzTest {
    private static final String[] PIECES = {
        "a", "Übergröße", ",", "\"", "\r\n", "\n", "\r", ";", "📦", "##", "=", "\t", "'", "x@y.example", "\uFEFF", " "
    };
    private static final Charset[] CHARSETS = {
        StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_8
    };
    private static final long SEED = Long.getLong("mailtrace.fuzz.seed", 815L);
    private static final int DOCUMENTS = Integer.getInteger("mailtrace.fuzz.documents", 400);

    @Test
    void readsBackWhatWasWritten() throws Exception {
        Random random = new Random(SEED);
        for (int document = 0; document < DOCUMENTS; document++) {
            // given
            List<SummaryRow> written = messages(random);
            byte[] bytes = bytes(written, random);

            // when
            Reading reading = read(bytes);

            // then
            assertThat(reading.rows())
                    .as("seed %d, document %d", SEED, document)
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("line")
                    .isEqualTo(written);
            assertThat(reading.broken()).isZero();
        }
    }

    @Test
    void givesNothingButTheFirstRowsOfAFileThatIsCut() throws Exception {
        Random random = new Random(SEED + 1);
        for (int document = 0; document < DOCUMENTS; document++) {
            // given
            List<SummaryRow> written = messages(random);
            byte[] bytes = bytes(written, random);
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length));

            // when
            Reading reading = read(cut);

            // then
            int whole = reading.endsOpen()
                    ? Math.max(0, reading.rows().size() - 1)
                    : reading.rows().size();
            assertThat(reading.rows().subList(0, whole))
                    .as("seed %d, document %d", SEED + 1, document)
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("line")
                    .isEqualTo(written.subList(0, whole));
        }
    }

    @Test
    void changesOnlyTheRowsThatWereDamaged() throws Exception {
        Random random = new Random(SEED + 2);
        for (int document = 0; document < DOCUMENTS; document++) {
            // given
            List<SummaryRow> written = messages(random);
            StringBuilder text = new StringBuilder(csv("\r\n", records(written)));
            int header = text.indexOf("\r\n") + 2;
            int at = header + random.nextInt(text.length() - header);
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.deleteCharAt(at);
                default -> text.setCharAt(at, '"');
            }

            // when
            Reading reading = read(text.toString().getBytes(StandardCharsets.UTF_8));

            // then
            Set<String> known =
                    written.stream().map(HistoryFileFuzzTest::content).collect(Collectors.toSet());
            List<String> changed = reading.rows().stream()
                    .map(HistoryFileFuzzTest::content)
                    .filter(row -> !known.contains(row))
                    .toList();
            assertThat(changed).as("seed %d, document %d", SEED + 2, document).hasSizeLessThanOrEqualTo(1);
            assertThat(reading.rows().size()).isLessThanOrEqualTo(written.size() + 1);
            assertThat(reading.rows().size() + reading.broken()).isGreaterThanOrEqualTo(written.size() - 2);
        }
    }

    @Test
    void endsWithWhateverItIsGiven() throws Exception {
        Random random = new Random(SEED + 3);
        for (int document = 0; document < DOCUMENTS; document++) {
            // given
            byte[] bytes = bytes(messages(random), random);
            int hits = 1 + random.nextInt(50);
            for (int i = 0; i < hits; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            long lines = 1
                    + new String(bytes, StandardCharsets.ISO_8859_1)
                            .chars()
                            .filter(c -> c == '\n' || c == '\r')
                            .count();

            // when
            Reading reading = read(bytes);

            // then
            assertThat(reading.rows().size() + reading.broken())
                    .as("seed %d, document %d", SEED + 3, document)
                    .isLessThanOrEqualTo(lines);
        }
    }

    private record Reading(List<SummaryRow> rows, long broken, boolean endsOpen) {}

    private static Reading read(byte[] bytes) throws IOException {
        List<SummaryRow> rows = new ArrayList<>();
        try (HistoryFile file = HistoryFile.open(new ByteArrayInputStream(bytes), RowLimits.DOCUMENTED)) {
            for (Optional<HistoryRow> row = file.next(); row.isPresent(); row = file.next()) {
                if (row.orElseThrow() instanceof SummaryRow summary) {
                    rows.add(summary);
                }
            }
            return new Reading(rows, file.count().broken(), file.endsOpen());
        } catch (UnfitFile e) {
            assertThat(e.faults()).isNotEmpty();
            return new Reading(List.of(), 0, false);
        }
    }

    private static String content(SummaryRow row) {
        return row.at() + "|" + row.traceId() + "|" + row.messageId() + "|" + row.sender() + "|" + row.subject() + "|"
                + row.recipients().stream()
                        .map(recipient -> recipient.address() + recipient.events())
                        .toList();
    }

    private static byte[] bytes(List<SummaryRow> rows, Random random) {
        String lineBreak = new String[] {"\r\n", "\n", "\r"}[random.nextInt(3)];
        String mark = random.nextBoolean() ? "\uFEFF" : "";
        return (mark + csv(lineBreak, records(rows))).getBytes(CHARSETS[random.nextInt(CHARSETS.length)]);
    }

    private static List<List<String>> records(List<SummaryRow> rows) {
        List<List<String>> records = new ArrayList<>();
        records.add(ReportWriter.SUMMARY);
        for (SummaryRow row : rows) {
            records.add(List.of(
                    row.at().toString(),
                    row.sender().equals("<>") ? "" : row.sender(),
                    row.recipients().stream()
                            .map(recipient -> recipient.address() + "##" + recipient.raw())
                            .collect(Collectors.joining(";")),
                    row.subject().orElse(""),
                    row.sizeBytes().map(String::valueOf).orElse(""),
                    row.messageId().orElse(""),
                    row.traceId().replace("-", ""),
                    row.clientIp().orElse(""),
                    row.directionality()
                            .map(way -> way == Directionality.INCOMING ? "1" : "2")
                            .orElse("")));
        }
        return records;
    }

    private static List<SummaryRow> messages(Random random) {
        List<SummaryRow> rows = new ArrayList<>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            rows.add(new SummaryRow(
                    0,
                    java.time.Instant.parse("2026-11-20T07:30:00Z").plusMillis(random.nextInt(100_000_000)),
                    new java.util.UUID(random.nextLong(), random.nextLong()).toString(),
                    random.nextInt(5) == 0 ? Optional.empty() : Optional.of("<m" + i + "@contoso.example>"),
                    random.nextInt(4) == 0 ? "<>" : "sam" + i + "@contoso.example",
                    subject(random),
                    random.nextBoolean() ? Optional.empty() : Optional.of((long) random.nextInt(1_000_000)),
                    random.nextBoolean() ? Optional.empty() : Optional.of("192.0.2." + random.nextInt(255)),
                    random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(random.nextBoolean() ? Directionality.INCOMING : Directionality.ORIGINATING),
                    recipients(random)));
        }
        return rows;
    }

    private static Optional<String> subject(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return Optional.of(text.toString().strip()).filter(subject -> !subject.isEmpty());
    }

    private static List<RecipientEvents> recipients(Random random) {
        List<RecipientEvents> recipients = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            List<String> events = random.nextInt(6) == 0 ? List.of() : List.of("Receive", "Fail");
            recipients.add(new RecipientEvents("r" + i + "#x@rivercounty.example", events));
        }
        return recipients;
    }
}
