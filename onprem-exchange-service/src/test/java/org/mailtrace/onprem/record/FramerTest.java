package org.mailtrace.onprem.record;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class FramerTest {
    private static final String[] PIECES = {
        "a", "Übergröße", ",", "\"", "\r\n", "\n", ";", "📦", "#", " ", "2026-11-23T08:12:04.000Z", "=", "<x@y.example>"
    };

    @RepeatedTest(200)
    void readsTheSameFieldsAsFastcsv(RepetitionInfo repetition) {
        // given
        Random random = new Random(4711L + repetition.getCurrentRepetition());
        List<List<String>> written = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<String> record = new ArrayList<>(List.of("2026-11-23T08:12:04.000Z"));
            for (int j = 0; j < random.nextInt(1, 8); j++) {
                StringBuilder field = new StringBuilder();
                for (int k = random.nextInt(6); k > 0; k--) {
                    field.append(PIECES[random.nextInt(PIECES.length)]);
                }
                record.add(field.toString());
            }
            written.add(record);
        }
        String lineEnd = random.nextBoolean() ? "\r\n" : "\n";
        String csv = written.stream()
                .map(record ->
                        record.stream().map(field -> quoted(field, random)).collect(Collectors.joining(",")) + lineEnd)
                .collect(Collectors.joining());

        // when
        List<List<String>> read = read(csv.getBytes(StandardCharsets.UTF_8));

        // then
        try (CsvReader<CsvRecord> oracle = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(csv)) {
            assertThat(read)
                    .isEqualTo(oracle.stream().map(CsvRecord::getFields).toList())
                    .isEqualTo(written);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void waitsForTheRestOfATornRecordAtEveryByte() {
        // given
        byte[] record = "2026-11-23T08:12:04.000Z,\"a \"\"b\"\", \r\nc\",d\r\n".getBytes(StandardCharsets.UTF_8);

        // when, then
        for (int length = 0; length < record.length; length++) {
            assertThat(Framer.next(record, 0, length, false).kind())
                    .as("after %d bytes", length)
                    .isEqualTo(Frame.Kind.INCOMPLETE);
        }
        Frame whole = Framer.next(record, 0, record.length, false);
        assertThat(whole.kind()).isEqualTo(Frame.Kind.RECORD);
        assertThat(whole.next()).isEqualTo(record.length);
        assertThat(whole.end()).isEqualTo(record.length - 2);
    }

    @Test
    void goesOnAtTheNextRecordAfterAQuoteThatIsNeverClosed() {
        // given
        byte[] bytes = "2026-11-23T08:12:04.000Z,\"open,x\n2026-11-23T08:12:05.000Z,\"b\",y\n"
                .getBytes(StandardCharsets.UTF_8);

        // when
        Frame broken = Framer.next(bytes, 0, bytes.length, false);
        int resumed = Framer.resume(bytes, 0, bytes.length, true);

        // then
        assertThat(broken.kind()).isEqualTo(Frame.Kind.BROKEN);
        assertThat(new String(bytes, resumed, 24, StandardCharsets.UTF_8)).isEqualTo("2026-11-23T08:12:05.000Z");
    }

    @Test
    void keepsInvalidBytesReadable() {
        // given
        byte[] bytes = {'a', (byte) 0xFC, 'b', ',', 0, 'c'};

        // when, then
        assertThat(FieldSplitter.split(bytes, 0, bytes.length)).containsExactly("a\uFFFDb", "\uFFFDc");
    }

    @Test
    void endsWhateverTheBytesAre() {
        // given
        Random random = new Random(42);
        for (int round = 0; round < 2000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) "\",\r\n#2a\u0000".charAt(random.nextInt(8));
            }

            // when
            int at = 0;
            while (at < bytes.length) {
                Frame frame = Framer.next(bytes, at, bytes.length, true);

                // then
                assertThat(frame.next()).isGreaterThan(at).isLessThanOrEqualTo(bytes.length);
                FieldSplitter.split(bytes, frame.start(), frame.end());
                at = frame.next();
            }
        }
    }

    private static List<List<String>> read(byte[] bytes) {
        List<List<String>> records = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            Frame frame = Framer.next(bytes, at, bytes.length, false);
            assertThat(frame.kind()).isEqualTo(Frame.Kind.RECORD);
            records.add(FieldSplitter.split(bytes, frame.start(), frame.end()));
            at = frame.next();
        }
        return records;
    }

    private static String quoted(String field, Random random) {
        boolean needed = field.contains(",") || field.contains("\"") || field.contains("\n") || field.contains("\r");
        return needed || random.nextInt(4) == 0 ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
