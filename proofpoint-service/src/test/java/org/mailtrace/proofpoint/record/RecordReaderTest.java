package org.mailtrace.proofpoint.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.IndexRow;
import org.mailtrace.index.IndexedMessage;
import org.mailtrace.index.StoredRow;
import org.mailtrace.proofpoint.row.MessageRow;

/** Records are synthetic, in the shapes of published ones. */
class RecordReaderTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-24T10:00:00Z");
    private static final String HELD = """
            {"guid":"guid-of-a-held-message-000000000","ts":"2026-11-24T02:59:58.123456-0700",
             "pps":{"agent":"m0001.ppops.example"},
             "connection":{"host":"mail.shop.example","ip":"192.0.2.10","country":"**","sid":"3abc","tls":{"inbound":{"version":"TLSv1.3"}}},
             "envelope":{"from":"<offers@shop.example>","rcpts":["ana@rivercounty.example","<ben@rivercounty.example>"]},
             "msg":{"header":{"message-id":["<news-1@shop.example>"],"subject":["=?utf-8?q?Gr=C3=BC=C3=9Fe?="],"from":["Shop <hello@brand.example>"]},
                    "normalizedHeader":{"subject":["Grüße, 50% = halb"]},"parsedAddresses":{"from":["hello@brand.example"]},"sizeBytes":48211},
             "filter":{"qid":"4AO9xw000001","disposition":"discard","routes":["default_inbound","firewallsafe"],
                       "actions":[{"module":"spam","rule":"inbound_bulk","action":"quarantine"},
                                  {"module":"spam","rule":"inbound_bulk","action":"discard","isFinal":"True"}],
                       "quarantine":{"folder":"Bulk","rule":"inbound_bulk","type":"quarantine"},
                       "delivered":{"rcpts":["ana@rivercounty.example"]},"newMark":"seen"},
             "msgParts":[{"dataBase64":"SECRETBODY","metadata":{"":"x"," ":"y"}}]}
            """;

    private final RecordReader reader = new RecordReader();

    @Test
    void tellsAMessageInSmartSearchsColumns() {
        MessageRow row = rows(kept(RecordType.MESSAGE, HELD)).getFirst();

        assertThat(row.columns())
                .containsAllEntriesOf(Map.ofEntries(
                        Map.entry("GUID", "guid-of-a-held-message-000000000"),
                        Map.entry("Date", "2026-11-24T09:59:58Z"),
                        Map.entry("Agent", "m0001.ppops.example"),
                        Map.entry("QID", "4AO9xw000001"),
                        Map.entry("Sender", "offers@shop.example"),
                        Map.entry("Recipients", "ana@rivercounty.example,ben@rivercounty.example"),
                        Map.entry("Header_From", "Shop <hello@brand.example>"),
                        Map.entry("Header_From_Address", "hello@brand.example"),
                        Map.entry("Subject", "Grüße, 50% = halb"),
                        Map.entry("Message_ID", "<news-1@shop.example>"),
                        Map.entry("Message_Size", "48211"),
                        Map.entry("TLS", "TLSv1.3"),
                        Map.entry("Final_Action", "discard"),
                        Map.entry("Final_Rule", "spam.inbound_bulk"),
                        Map.entry("Module_ID", "spam"),
                        Map.entry("Disposition_Action", "discard"),
                        Map.entry("Actions", "spam.inbound_bulk=quarantine;spam.inbound_bulk=discard"),
                        Map.entry("Quarantine_Folder", "Bulk"),
                        Map.entry("Quarantine_Type", "quarantine"),
                        Map.entry("Policy_Routes", "default_inbound,firewallsafe"),
                        Map.entry("filter.newMark", "seen")))
                .doesNotContainKeys("country", "Time", "Message_Encrypted");
    }

    @Test
    void keepsNothingOfABody() {
        assertThat(kept(RecordType.MESSAGE, HELD).body()).doesNotContain("SECRETBODY");
        assertThat(poison(HELD.substring(0, HELD.length() - 40)).excerpt()).doesNotContain("SECRETBODY");
    }

    @Test
    void isFoundByAddressesSubjectAndIds() {
        IndexRow row = kept(RecordType.MESSAGE, HELD);

        assertThat(row.at()).isEqualTo(Instant.parse("2026-11-24T09:59:58Z"));
        assertThat(row.sender()).contains("offers@shop.example");
        assertThat(row.recipients()).containsExactly("ana@rivercounty.example", "ben@rivercounty.example");
        assertThat(row.subject()).contains("Grüße, 50% = halb");
        assertThat(row.ids()).containsExactly("guid:guid-of-a-held-message-000000000", "<news-1@shop.example>");
        assertThat(row.group()).isEqualTo("guid-of-a-held-message-000000000");
    }

    @Test
    void keepsTheSameRecordUnderTheSameKeyAndAnotherVersionUnderAnother() {
        String later = HELD.replace("02:59:58", "02:59:59");

        assertThat(kept(RecordType.MESSAGE, HELD)).isEqualTo(kept(RecordType.MESSAGE, HELD));
        assertThat(kept(RecordType.MESSAGE, later).key())
                .isNotEqualTo(kept(RecordType.MESSAGE, HELD).key());
    }

    @Test
    void tellsTheLatestVersionInWhateverOrderTheyCame() {
        IndexRow first = kept(RecordType.MESSAGE, HELD);
        IndexRow second = kept(
                RecordType.MESSAGE,
                HELD.replace("02:59:58", "03:10:00").replace("\"folder\":\"Bulk\"", "\"folder\":\"Spam\""));

        assertThat(rows(first, second))
                .isEqualTo(rows(second, first))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.column("Quarantine_Folder")).contains("Spam");
                    assertThat(row.column("Date")).contains("2026-11-24T09:59:58Z");
                });
    }

    @Test
    void keepsAMessageThatWasInjectedAgainBesideItsFirstPass() {
        IndexRow first = kept(RecordType.MESSAGE, HELD);
        IndexRow again = kept(
                RecordType.MESSAGE,
                HELD.replace("02:59:58", "04:00:00")
                        .replace("\"newMark\":\"seen\"", "\"isMsgReinjected\":true,\"reinjectedType\":\"release\""));

        assertThat(rows(again, first))
                .extracting(row -> row.column("Message_Reinjected").orElse("-"))
                .containsExactly("-", "release");
    }

    @Test
    void groupsAChildWithTheMessageItWasSplitFrom() {
        IndexRow child = kept(
                RecordType.MESSAGE,
                HELD.replace("guid-of-a-held", "guid-of-a-child")
                        .replace("\"newMark\":\"seen\"", "\"origGuid\":\"parent-guid\""));

        assertThat(child.group()).isEqualTo("parent-guid");
        assertThat(rows(child).getFirst().column("Orig_GUID")).contains("parent-guid");
    }

    @Test
    void fallsBackToTheDispositionWhereNoActionIsFinal() {
        MessageRow row = rows(kept(RecordType.MESSAGE, """
                        {"guid":"g","ts":"2026-11-24T09:00:00Z","filter":{"disposition":"reject"}}""")).getFirst();

        assertThat(row.column("Final_Action")).contains("reject");
        assertThat(row.sender()).isEqualTo("<>");
    }

    @Test
    void takesTheLastOfSeveralFinalActions() {
        MessageRow row = rows(kept(RecordType.MESSAGE, """
                        {"guid":"g","filter":{"actions":[{"module":"a","rule":"x","action":"continue","isFinal":true},
                        {"module":"b","rule":"y","action":"encrypt-later","isFinal":true},
                        {"module":"c","rule":"z","action":"add-header"}]}}""")).getFirst();

        assertThat(row.column("Final_Action")).contains("encrypt-later");
        assertThat(row.column("Final_Rule")).contains("b.y");
    }

    @Test
    void readsFieldsWhoseTypesChange() {
        MessageRow row = rows(kept(RecordType.MESSAGE, """
                        {"guid":"g","envelope":{"from":"","rcpts":"one@rivercounty.example"},
                        "filter":{"pe":{"rcpts":[{"rcpt":"two@contoso.example"}]},"isMsgEncrypted":"True","actions":{},
                        "quarantine":null,"routes":"outbound"},"msg":{"sizeBytes":"12","header":{"subject":[""]}}}""")).getFirst();

        assertThat(row.column("Recipients")).contains("one@rivercounty.example");
        assertThat(row.column("PE_Recipients")).contains("two@contoso.example");
        assertThat(row.column("Message_Encrypted")).contains("true");
        assertThat(row.column("Subject")).isEmpty();
        assertThat(row.sender()).isEqualTo("<>");
    }

    @Test
    void takesTheTimeOfReceiptForARecordWithoutAReadableOne() {
        ReadRecord read = read(RecordType.MESSAGE, "{\"guid\":\"g\",\"ts\":\"yesterday\"}");

        assertThat(read).isInstanceOfSatisfying(ReadRecord.Kept.class, kept -> {
            assertThat(kept.timeGuessed()).isTrue();
            assertThat(kept.at()).isEqualTo(RECEIVED);
        });
    }

    @Test
    void joinsTheMailServersLinesOfTheSameAgentAndQueueId() {
        IndexRow line = kept(RecordType.MAILLOG, """
                {"id":"41K7tSNsqcyiZCuOX1wmnQ","ts":"2026-11-24T03:00:01.5-07:00","pps":{"agent":"m0001.ppops.example"},
                 "data":"2026-11-24T03:00:01.5-07:00 m0001 sendmail[1]: 4AO9xw000001: to=<ana@rivercounty.example>, relay=mx.example. [192.0.2.1], dsn=2.0.0, stat=Sent (ok)",
                 "sm":{"qid":"4AO9xw000001","to":["<ana@rivercounty.example>","/dev/null"],"pri":120812,"stat":"Sent (ok)"}}""");
        IndexRow reused = kept(RecordType.MAILLOG, """
                {"id":"other","ts":"2026-12-24T03:00:01.5-07:00","pps":{"agent":"m0001.ppops.example"},
                 "sm":{"qid":"4AO9xw000001","to":["<else@rivercounty.example>"],"stat":"Sent"}}""");
        MessageRow message = rows(kept(RecordType.MESSAGE, HELD)).getFirst();

        assertThat(RecordedMessages.linesOf(message)).contains(line.group());
        assertThat(line.key()).isEqualTo("41K7tSNsqcyiZCuOX1wmnQ");
        MessageRow told = RecordedMessages.withLines(message, indexed(line, reused));
        assertThat(told.column("Sendmail_To")).contains("ana@rivercounty.example");
        assertThat(told.column("SendmailRaw_Log").orElseThrow())
                .contains("relay=mx.example.", "stat=Sent (ok)")
                .doesNotContain("else@");
    }

    @Test
    void writesTheLineItselfWhereARecordCarriesOnlyFields() {
        IndexRow line = kept(RecordType.MAILLOG, """
                {"ts":"2026-11-24T10:00:01Z","sm":{"qid":"Q1","to":["<ana@rivercounty.example>"],"dsn":"4.4.1","stat":"Deferred: timed out"}}""");

        assertThat(RecordBody.read(line.body()).get("Line"))
                .contains("to=<ana@rivercounty.example>", "dsn=4.4.1")
                .endsWith(", stat=Deferred: timed out");
    }

    @Test
    void findsNothingInAnEmptyFrame() {
        assertThat(read(RecordType.MESSAGE, "")).isInstanceOf(ReadRecord.Nothing.class);
        assertThat(read(RecordType.MAILLOG, " \r\n")).isInstanceOf(ReadRecord.Nothing.class);
    }

    @Test
    void f17SetsAsideWhatIsNoRecord() {
        for (String frame : List.of(
                "{",
                "[]",
                "null",
                "nonsense",
                "{\"ts\":\"2026-11-24T10:00:00Z\"}",
                "{\"guid\":\"g\"} {\"guid\":\"h\"}",
                "{\"guid\":\"g\",\"filter\":" + "[".repeat(100_000),
                "{\"guid\":\"g\",\"n\":" + "9".repeat(5_000) + "}")) {
            assertThat(read(RecordType.MESSAGE, frame))
                    .as(frame.substring(0, Math.min(40, frame.length())))
                    .isInstanceOf(ReadRecord.Poison.class);
        }
        assertThat(poison("x".repeat(5_000)).excerpt()).hasSize(512);
        assertThat(read(RecordType.MAILLOG, "{\"id\":\"1\",\"sm\":{}}")).isInstanceOf(ReadRecord.Poison.class);
    }

    @Test
    void readsARecordOfManyMegabytes() {
        String large = HELD.replace("SECRETBODY", "A".repeat(12 * 1024 * 1024));

        assertThat(kept(RecordType.MESSAGE, large)).isEqualTo(kept(RecordType.MESSAGE, HELD));
    }

    private ReadRecord read(RecordType type, String frame) {
        return reader.read(type, frame.getBytes(StandardCharsets.UTF_8), RECEIVED);
    }

    private IndexRow kept(RecordType type, String frame) {
        assertThat(read(type, frame)).isInstanceOf(ReadRecord.Kept.class);
        return ((ReadRecord.Kept) read(type, frame)).row();
    }

    private ReadRecord.Poison poison(String frame) {
        assertThat(read(RecordType.MESSAGE, frame)).isInstanceOf(ReadRecord.Poison.class);
        return (ReadRecord.Poison) read(RecordType.MESSAGE, frame);
    }

    private static List<MessageRow> rows(IndexRow... rows) {
        return RecordedMessages.rows(indexed(rows));
    }

    private static IndexedMessage indexed(IndexRow... rows) {
        List<StoredRow> stored = Arrays.stream(rows)
                .map(row -> new StoredRow(row.at(), row.part(), row.noise(), row.body()))
                .toList();
        return new IndexedMessage(rows[0].group(), rows[0].at(), rows[0].at(), stored, true);
    }
}
