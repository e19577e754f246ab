package org.mailtrace.exo.history.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mailtrace.exo.history.csv.ReportWriter.csv;
import static org.mailtrace.exo.history.csv.ReportWriter.open;
import static org.mailtrace.exo.history.csv.ReportWriter.rows;
import static org.mailtrace.exo.history.csv.ReportWriter.summary;
import static org.mailtrace.exo.history.csv.ReportWriter.summaryRow;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.HistoryWords;

class HistoryFileTest {
    @Test
    void readsASummaryInUtf16WithoutAByteOrderMark() throws Exception {
        // when
        List<HistoryRow> rows = rows(ReportWriter.fixture("synthetic-summary.csv"));

        // then
        assertThat(rows).hasSize(5).allMatch(SummaryRow.class::isInstance);
        SummaryRow first = (SummaryRow) rows.getFirst();
        assertThat(first.at()).isEqualTo(Instant.parse("2026-11-20T07:30:00.1234567Z"));
        assertThat(first.traceId()).isEqualTo("00000001-48cb-e80d-e8c0-196330437ae6");
        assertThat(first.subject()).contains("Quarterly report, \"final\"");
        assertThat(first.sizeBytes()).contains(45678L);
        assertThat(first.directionality()).contains(Directionality.INCOMING);
        assertThat(first.recipients())
                .containsExactly(
                        new RecipientEvents("ana@rivercounty.example", List.of("Receive", "Deliver")),
                        new RecipientEvents("max@fabrikam.example", List.of("Receive", "Send")));
    }

    @Test
    void readsABounceWithoutASenderAndALineBreakInASubject() throws Exception {
        // when
        SummaryRow bounce =
                (SummaryRow) rows(ReportWriter.fixture("synthetic-summary.csv")).get(1);

        // then
        assertThat(bounce.sender()).isEqualTo(TraceRow.NULL_SENDER);
        assertThat(bounce.subject()).contains("Undeliverable:\r\nyour message");
        assertThat(bounce.at()).isEqualTo(Instant.parse("2026-11-20T07:31:00Z"));
        assertThat(bounce.line()).isEqualTo(3);
    }

    @Test
    void countsLinesAndNotRecords() throws Exception {
        // when
        SummaryRow afterTheLineBreak =
                (SummaryRow) rows(ReportWriter.fixture("synthetic-summary.csv")).get(2);

        // then
        assertThat(afterTheLineBreak.line()).isEqualTo(5);
    }

    @Test
    void readsAnExtendedReport() throws Exception {
        // when
        HistoryFile file = ReportWriter.fixture("synthetic-extended.csv");
        List<HistoryRow> rows = rows(file);

        // then
        assertThat(file.kind()).isEqualTo(FileKind.EXTENDED);
        assertThat(rows).hasSize(20).allMatch(EventRow.class::isInstance);
        EventRow received = (EventRow) rows.get(1);
        assertThat(received.source()).isEqualTo("SMTP");
        assertThat(received.event()).isEqualTo("RECEIVE");
        assertThat(received.recipients()).containsExactly("board@rivercounty.example", "mia@fabrikam.example");
        assertThat(received.field("client_hostname")).contains("mail.contoso.example");
        assertThat(received.sizeBytes()).contains(88123L);
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16LE,''",
        "UTF-16LE,FFFE",
        "UTF-16BE,''",
        "UTF-16BE,FEFF",
        "UTF-8,''",
        "UTF-8,EFBBBF",
    })
    void readsEveryEncodingWithAndWithoutAMark(Charset charset, String mark) throws Exception {
        // given
        byte[] text = csv(
                        "\n", List.of(ReportWriter.SUMMARY, summaryRow(1, "2026-11-20T07:30:00Z", "ü@x.example##Fail")))
                .getBytes(charset);
        InputStream file = new java.io.SequenceInputStream(
                new ByteArrayInputStream(HexFormat.of().parseHex(mark)), new ByteArrayInputStream(text));

        // when
        List<HistoryRow> rows = rows(HistoryFile.open(file, RowLimits.DOCUMENTED));

        // then
        assertThat(rows)
                .singleElement()
                .extracting(row -> ((SummaryRow) row).recipients().getFirst())
                .isEqualTo(new RecipientEvents("ü@x.example", List.of("Fail")));
    }

    @Test
    void findsColumnsByNameInAnyOrderAndIgnoresNewOnes() throws Exception {
        // given
        Random random = new Random(11);
        List<String> names = new ArrayList<>(ReportWriter.SUMMARY);
        names.add("brand_new");
        List<String> row = new ArrayList<>(summaryRow(7, "2026-11-20 07:30:00", "ana@rivercounty.example##Deliver"));
        row.add("anything");
        for (int i = 0; i < 20; i++) {
            List<Integer> order = new ArrayList<>();
            for (int column = 0; column < names.size(); column++) {
                order.add(column);
            }
            Collections.shuffle(order, random);

            // when
            List<HistoryRow> read = rows(open(csv(
                    "\r\n",
                    List.of(
                            order.stream()
                                    .map(at -> names.get(at).toUpperCase(Locale.ROOT))
                                    .toList(),
                            order.stream().map(row::get).toList()))));

            // then
            SummaryRow only = (SummaryRow) read.getFirst();
            assertThat(only.traceId()).isEqualTo("00000007-48cb-e80d-e8c0-196330437ae6");
            assertThat(only.at()).isEqualTo(Instant.parse("2026-11-20T07:30:00Z"));
            assertThat(only.messageId()).contains("<q7@contoso.example>");
        }
    }

    @Test
    void keepsAnUnknownColumnOfAnEventAsItCame() throws Exception {
        // given
        List<String> names = new ArrayList<>(ReportWriter.EXTENDED);
        names.add("brand_new");
        List<String> row = List.of(
                "2026-11-20T07:30:00Z",
                "smtp",
                "receive",
                "a@contoso.example",
                "{00000001-48cb-e80d-e8c0-196330437ae6}".replace("{", "").replace("}", ""),
                "ana@rivercounty.example",
                "",
                "",
                "",
                "sam@contoso.example",
                " kept ");

        // when
        EventRow only = (EventRow) rows(open(csv("\n", List.of(names, row)))).getFirst();

        // then
        assertThat(only.field("brand_new")).contains(" kept ");
        assertThat(only.messageId()).contains("<a@contoso.example>");
        assertThat(only.event()).isEqualTo("RECEIVE");
    }

    @Test
    void namesEveryMissingColumnAtOnce() {
        // given
        String text = csv("\n", List.of(List.of("origin_timestamp", "recipient_status", "message_id")));

        // when
        UnfitFile unfit = catchThrowableOfType(UnfitFile.class, () -> open(text));

        // then
        assertThat(unfit.faults())
                .singleElement()
                .asString()
                .contains("columns")
                .contains("sender_address")
                .contains("network_message_id");
    }

    @Test
    void refusesAColumnThatStandsTwice() {
        // given
        List<String> names = new ArrayList<>(ReportWriter.SUMMARY);
        names.add("Recipient_Status");

        // then
        assertThat(catchThrowableOfType(UnfitFile.class, () -> open(csv("\n", List.of(names))))
                        .faults())
                .containsExactly(HistoryWords.columnTwice("recipient_status"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"504b0304", "1f8b08", "4d534346", "377abcaf271c", "d0cf11e0a1b11ae1"})
    void refusesACompressedFile(String magic) {
        // given
        byte[] bytes = HexFormat.of().parseHex(magic + "00".repeat(200));

        // then
        assertThat(faults(bytes)).containsExactly(HistoryWords.PACKED_FILE);
    }

    @Test
    void refusesASignInPageAnEmptyFileAndAnythingElse() {
        assertThat(faults("\r\n <!DOCTYPE html><html>Sign in</html>".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(HistoryWords.WEB_PAGE);
        assertThat(faults(new byte[0])).containsExactly(HistoryWords.EMPTY_FILE);
        assertThat(faults("\r\n\r\n".getBytes(StandardCharsets.UTF_8))).containsExactly(HistoryWords.EMPTY_FILE);
        assertThat(faults("name,age\nsam,3\n".getBytes(StandardCharsets.UTF_8)))
                .containsExactly(HistoryWords.NO_REPORT);
        assertThat(faults("\"never closed".getBytes(StandardCharsets.UTF_8))).containsExactly(HistoryWords.NO_REPORT);
    }

    @Test
    void namesBrokenRowsByTheirLineAndReadsTheOthers() throws Exception {
        // given
        String text = csv("\r\n", List.of(ReportWriter.SUMMARY))
                + csv("\r\n", List.of(summaryRow(1, "2026-11-20T07:30:00Z", "a@x.example##Fail")))
                + "too,few\r\n"
                + csv("\r\n", List.of(summaryRow(2, "yesterday", "a@x.example##Fail")))
                + csv("\r\n", List.of(summaryRow(3, "2026-11-20T07:30:00Z", " ; ")))
                + csv("\r\n", List.of(summaryRow(4, "2026-11-20T07:30:00Z", "a@x.example##Fail")));

        // when
        HistoryFile file = open(text);
        List<HistoryRow> rows = rows(file);

        // then
        assertThat(rows.stream().filter(SummaryRow.class::isInstance).map(HistoryRow::line))
                .containsExactly(2L, 6L);
        assertThat(file.count().rows()).isEqualTo(2);
        assertThat(file.count().broken()).isEqualTo(3);
        assertThat(file.count().brokenLines()).containsExactly(3L, 4L, 5L);
    }

    @Test
    void losesOnlyTheRowWhoseQuoteIsNotClosed() throws Exception {
        // given
        String good = csv("\r\n", List.of(summaryRow(2, "2026-11-20T07:30:00Z", "a@x.example##Receive, Fail")));
        String text = csv("\r\n", List.of(ReportWriter.SUMMARY)) + "\"torn,row\r\n" + good + "x\"y,\"torn\r\n" + good;

        // when
        HistoryFile file = open(text);

        // then
        assertThat(rows(file).stream().filter(SummaryRow.class::isInstance).map(HistoryRow::line))
                .containsExactly(3L, 5L);
        assertThat(file.count().brokenLines()).containsExactly(2L, 4L);
    }

    @Test
    void readsOnAfterARecordThatIsLongerThanARecordMayBe() throws Exception {
        // given
        String text = csv(
                "\r\n",
                List.of(
                        ReportWriter.SUMMARY,
                        summaryRow(1, "2026-11-20T07:30:00Z", "a@x.example##" + "x".repeat(RecordFramer.LONGEST)),
                        summaryRow(2, "2026-11-20T07:30:00Z", "a@x.example##Fail")));

        // when
        HistoryFile file = open(text);

        // then
        assertThat(rows(file).stream().filter(SummaryRow.class::isInstance).map(HistoryRow::line))
                .containsExactly(3L);
        assertThat(file.count().broken()).isEqualTo(1);
    }

    @Test
    void readsAnEndlessQuoteToItsEndWithoutKeepingIt() throws Exception {
        // given
        byte[] head = (csv("\n", List.of(ReportWriter.SUMMARY)) + "\"").getBytes(StandardCharsets.UTF_8);
        InputStream endless =
                new java.io.SequenceInputStream(new ByteArrayInputStream(head), new Repeated("a\"\"\n", 1 << 24));

        // when
        HistoryFile file = HistoryFile.open(endless, RowLimits.DOCUMENTED);
        long records = 0;
        while (file.next().isPresent()) {
            records++;
        }

        // then
        assertThat(file.count().rows()).isZero();
        assertThat(file.count().broken()).isEqualTo(records).isPositive();
        assertThat(file.count().brokenLines()).hasSizeLessThan(100);
    }

    @Test
    void saysWhenAFileIsSoLongThatItMayBeCutOff() throws Exception {
        // given
        String text = summary("a@x.example##Fail", "b@x.example##Fail", "c@x.example##Fail");

        // then
        assertThat(cutOff(text, new RowLimits(3, 100, 100))).isTrue();
        assertThat(cutOff(text, new RowLimits(4, 3, 100))).isTrue();
        assertThat(cutOff(text, new RowLimits(4, 4, 1))).isFalse();
    }

    private static boolean cutOff(String text, RowLimits limits) throws IOException, UnfitFile {
        HistoryFile file = HistoryFile.open(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), limits);
        rows(file);
        return file.count().mayBeCutOff();
    }

    private static List<String> faults(byte[] bytes) {
        return catchThrowableOfType(
                        UnfitFile.class, () -> HistoryFile.open(new ByteArrayInputStream(bytes), RowLimits.DOCUMENTED))
                .faults();
    }

    /** The same text again and again, up to a length. */
    private static final class Repeated extends InputStream {
        private final byte[] text;
        private final int length;
        private int at;

        Repeated(String text, int length) {
            this.text = text.getBytes(StandardCharsets.UTF_8);
            this.length = length;
        }

        @Override
        public int read() {
            return at == length ? -1 : text[at++ % text.length];
        }

        @Override
        public int read(byte[] into, int from, int most) {
            int count = Math.min(most, length - at);
            for (int i = 0; i < count; i++) {
                into[from + i] = text[at++ % text.length];
            }
            return count == 0 ? -1 : count;
        }
    }
}
