package org.mailtrace.onprem.record;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random valid documents (RFC 4180), arriving in random pieces, read by us and by an independent reader. More of them:
 * {@code -Dmailtrace.fuzz.documents=100000 -Dmailtrace.fuzz.seed=...}.
 */
class FramerDifferentialTest {
    private static final String[] PIECES = {
        "a",
        "Übergröße",
        ",",
        "\"",
        "\r\n",
        "\n",
        "\r",
        ";",
        "📦",
        "#",
        " ",
        "2026-11-23T08:12:04.000Z",
        "=",
        "<x@y.example>"
    };

    @Test
    void readsTheSameFieldsAsAnotherReaderWhereverTheBytesAreCut() throws IOException {
        long seed = Long.getLong("mailtrace.fuzz.seed", 4711L);
        int documents = Integer.getInteger("mailtrace.fuzz.documents", 400);
        System.out.println("fuzz seed=" + seed + " documents=" + documents);
        Random random = new Random(seed);
        for (int document = 0; document < documents; document++) {
            // given
            List<List<String>> written = records(random);
            String csv = csv(written, random);

            // when
            List<List<String>> read = readInPieces(csv.getBytes(StandardCharsets.UTF_8), random);

            // then
            assertThat(read)
                    .as("seed %d, document %d", seed, document)
                    .isEqualTo(written)
                    .isEqualTo(readByAnother(csv));
        }
    }

    private static List<List<String>> records(Random random) {
        List<List<String>> records = new ArrayList<>();
        for (int i = random.nextInt(1, 20); i > 0; i--) {
            List<String> record = new ArrayList<>(List.of(random.nextBoolean() ? "2026-11-23T08:12:04.000Z" : "x"));
            for (int j = random.nextInt(1, 40); j > 0; j--) {
                StringBuilder field = new StringBuilder();
                for (int k = random.nextInt(6); k > 0; k--) {
                    field.append(PIECES[random.nextInt(PIECES.length)]);
                }
                record.add(field.toString());
            }
            records.add(record);
        }
        return records;
    }

    private static String csv(List<List<String>> records, Random random) {
        String lineEnd = random.nextBoolean() ? "\r\n" : "\n";
        StringBuilder csv = new StringBuilder();
        for (List<String> record : records) {
            for (int i = 0; i < record.size(); i++) {
                csv.append(i == 0 ? "" : ",").append(quoted(record.get(i), random));
            }
            csv.append(lineEnd);
        }
        boolean withoutLastLineEnd = random.nextInt(3) == 0;
        return withoutLastLineEnd ? csv.substring(0, csv.length() - lineEnd.length()) : csv.toString();
    }

    private static String quoted(String field, Random random) {
        boolean needed = field.contains(",") || field.contains("\"") || field.contains("\n") || field.contains("\r");
        return needed || random.nextInt(4) == 0 ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }

    /** As a file that grows is read: what is not complete stays, and is looked at again with more behind it. */
    private static List<List<String>> readInPieces(byte[] all, Random random) {
        List<List<String>> records = new ArrayList<>();
        int from = 0;
        int arrived = 0;
        while (from < all.length) {
            arrived = Math.min(all.length, arrived + random.nextInt(1, 100));
            boolean last = arrived == all.length;
            byte[] buffer = Arrays.copyOfRange(all, from, arrived);
            int at = 0;
            Frame frame = Framer.next(buffer, at, buffer.length, last);
            while (at < buffer.length && frame.kind() != Frame.Kind.INCOMPLETE) {
                assertThat(frame.kind()).isEqualTo(Frame.Kind.RECORD);
                records.add(FieldSplitter.split(buffer, frame.start(), frame.end()));
                at = frame.next();
                frame = Framer.next(buffer, at, buffer.length, last);
            }
            from += at;
        }
        return records;
    }

    private static List<List<String>> readByAnother(String csv) throws IOException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(csv)) {
            return reader.stream().map(CsvRecord::getFields).toList();
        }
    }
}
