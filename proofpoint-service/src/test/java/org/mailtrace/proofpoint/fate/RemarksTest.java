package org.mailtrace.proofpoint.fate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.proofpoint.row.MessageRow;

/** Split, encrypted, released and re-injected mail, and From headers; all rows are synthetic. */
class RemarksTest {
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private final Observations observations = observations(Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "Quarantine_Type,quarantine,continue,QUARANTINED",
        "Quarantine_Type,audit,continue,IN_TRANSIT",
        "Actions,spam.phish=add-header;spam.phish=copy;spam.phish=quarantine;spam.phish=discard,discard,QUARANTINED",
        "Actions,spam.phish=copy;spam.notspam=continue,continue,IN_TRANSIT",
        "Actions,av.quarantine=discard,discard,DISCARDED",
        "Disposition_Action,discard,reply-sender,DISCARDED",
        "Quarantine_Folder,Audit,continue,IN_TRANSIT",
        "Disposition_Action,frobnicate,reply-sender,UNKNOWN",
    })
    void readsAHoldWhereverARecordSaysIt(String column, String text, String action, RecipientStatus status) {
        assertThat(only(row(column, text, "Final_Action", action)).status()).isEqualTo(status);
    }

    @Test
    void holdsWhatTheDispositionDropsIntoAFolderWhateverTheLastActionIsCalled() {
        assertThat(only(row("Disposition_Action", "discard", "Quarantine_Folder", "Phish", "Final_Action", "continue"))
                        .status())
                .isEqualTo(RecipientStatus.QUARANTINED);
    }

    @ParameterizedTest
    @CsvSource({
        "PE_Recipients,ana@rivercounty.example,Secure Reader",
        "SMIME_Recipients,ana@rivercounty.example,S/MIME",
        "Message_Encrypted,true,marks it as encrypted",
    })
    void saysThatADeliveryIsEncrypted(String column, String text, String words) {
        assertThat(only(row(column, text, "Final_Action", "continue")).explanation())
                .contains(words);
        assertThat(only(row(column, text, "Final_Action", "discard")).explanation())
                .doesNotContain(words);
    }

    @ParameterizedTest
    @CsvSource({
        "ana@rivercounty.example, Sent (250 Ok), secure-message",
        "bo@rivercounty.example, Sent (250 Ok),",
        "ana@rivercounty.example, Deferred: Connection timed out, connection"
    })
    void givesWhatWasHandedOverAsANotificationAReasonOfItsOwn(String secure, String stat, String reason) {
        assertThat(only(row("PE_Recipients", secure, "Final_Action", "continue", "Sendmail_Stat", stat))
                        .reason())
                .isEqualTo(Optional.ofNullable(reason));
    }

    @ParameterizedTest
    @CsvSource({"Message_Encrypted,false", "Message_Encrypted,N/A", "PE_Recipients,bo@rivercounty.example"})
    void claimsNoEncryptionThatNoRecordSays(String column, String text) {
        assertThat(only(row(column, text, "Final_Action", "continue")).explanation())
                .doesNotContain("encrypt")
                .doesNotContain("secure message");
    }

    @Test
    void pointsOutAFromHeaderThatDiffersFromTheEnvelopeSender() {
        assertThat(only(row("Header_From", "\"Shop\" <news@shop.example>", "Final_Action", "continue"))
                        .explanation())
                .contains("Readers see news@shop.example")
                .contains("the envelope sender is bounce-7@mailer.example");
        assertThat(only(row("Header_From", "Shop <Bounce-7@mailer.example>", "Final_Action", "continue"))
                        .explanation())
                .doesNotContain("Readers see");
        assertThat(only(row("Header_From_Address", "news@shop.example", "Sender", "", "Final_Action", "continue"))
                        .explanation())
                .doesNotContain("Readers see");
    }

    @Test
    void saysHowToAllowTheSenderOfBulkMail() {
        // given
        MessageRow bulk = held("bulk", "Header_From_Address", "news@shop.example");
        Observations linked = observations(Optional.of(URI.create("https://myspam.rivercounty.example/senders")));

        // then
        assertThat(only(bulk).nextAction().orElseThrow())
                .endsWith("ask the mail administrators to allow news@shop.example.");
        assertThat(only(held("bulk")).nextAction().orElseThrow())
                .contains("allow bounce-7@mailer.example (the envelope sender; the From header is not known here");
        assertThat(linked.of(message(bulk), all -> true, true, (m, r) -> QuarantineState.PRESENT)
                        .recipients()
                        .getFirst()
                        .nextAction()
                        .orElseThrow())
                .endsWith("can allow news@shop.example at https://myspam.rivercounty.example/senders.");
        assertThat(only(held("phish", "Header_From_Address", "news@shop.example"))
                        .nextAction()
                        .orElseThrow())
                .doesNotContain("allow");
    }

    @Test
    void tellsThatMailWasPutThroughTheFiltersAgainAfterAHold() {
        // given
        MessageRow again = row(
                "Date", "2026-11-23 12:00:00 [UTC+0000]", "Final_Action", "continue", "Message_Reinjected", "release");

        // when
        Recipient ana = observation(held("bulk"), again).recipients().getFirst();

        // then
        assertThat(ana.status()).isEqualTo(RecipientStatus.IN_TRANSIT);
        assertThat(ana.explanation()).contains("through its filters again").contains("held it in quarantine before");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void groupsTheRowsOfABusyDay() {
        // given: comparing each with each would take an hour
        List<MessageRow> rows = IntStream.range(0, 40_000)
                .mapToObj(i -> row("GUID", "guid-" + i, "Message_ID", "<" + i + "@shop.example>"))
                .toList();

        // then
        assertThat(Message.of(rows, START))
                .hasSize(40_000)
                .allMatch(each -> each.otherPasses().isEmpty());
    }

    @Test
    void tellsOfALaterMessageWithTheSameMessageIdThatWentOn() {
        // given
        MessageRow later = row(
                "GUID",
                "guid-of-the-second-pass",
                "Date",
                "2026-11-23 12:00:00 [UTC+0000]",
                "Final_Action",
                "continue");

        // when
        List<Message> messages = Message.of(List.of(held("bulk"), later), START);

        // then
        assertThat(messages).hasSize(2);
        assertThat(told(messages.getFirst()).explanation())
                .contains("A later message with the same Message-ID went on");
        assertThat(told(messages.getLast()).explanation()).contains("An earlier message with the same Message-ID");
    }

    @Test
    void tellsAReleaseByTheMailServersLineAfterTheHold() {
        // given
        String line = "2026-11-23T%s m1 sendmail[1]: 4AB: to=<ana@rivercounty.example>, delay=00:00:03, mailer=esmtp,"
                + " relay=mx.contoso.example. [192.0.2.25], dsn=2.0.0, stat=Sent (Ok)";

        // when
        Observation released = observation(held("bulk", "SendmailRaw_Log", line.formatted("09:30:00.000000-0000")));
        Observation before = observation(held("bulk", "SendmailRaw_Log", line.formatted("07:30:00.000000-0000")));

        // then
        assertThat(released.recipients().getFirst().status()).isEqualTo(RecipientStatus.QUARANTINED);
        assertThat(released.recipients().getFirst().explanation())
                .contains("handed it to mx.contoso.example after that");
        assertThat(released.events()).extracting(TraceEvent::type).contains(EventType.RELEASE);
        assertThat(before.events()).extracting(TraceEvent::type).doesNotContain(EventType.RELEASE);
    }

    @Test
    void joinsThePartsOfASplitMessage() {
        // given
        MessageRow parent = row("GUID", "guid-parent", "Final_Action", "continue");
        MessageRow bo = row(
                "GUID",
                "guid-child-1",
                "Message_Split",
                "guid-parent",
                "Recipients",
                "bo@rivercounty.example",
                "Final_Action",
                "discard",
                "Quarantine_Folder",
                "Bulk");
        MessageRow cy = row(
                "GUID",
                "guid-child-2",
                "Orig_GUID",
                "guid-parent",
                "Recipients",
                "cy@rivercounty.example",
                "Final_Action",
                "reject");

        // when
        List<Message> messages = Message.of(List.of(bo, parent, cy), START);
        Observation observation = told(messages.getFirst(), QuarantineState.PRESENT);

        // then
        assertThat(messages).extracting(Message::key).containsExactly("guid-parent");
        assertThat(observation.recipients())
                .extracting(Recipient::address, Recipient::status)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("ana@rivercounty.example", RecipientStatus.IN_TRANSIT),
                        org.assertj.core.groups.Tuple.tuple("bo@rivercounty.example", RecipientStatus.QUARANTINED),
                        org.assertj.core.groups.Tuple.tuple("cy@rivercounty.example", RecipientStatus.REJECTED));
        assertThat(observation.recipientsComplete()).isFalse();
        assertThat(observations.heldIn(messages.getFirst()))
                .extracting(Observations.Held::guid)
                .containsExactly(Optional.of("guid-child-1"));
    }

    @Test
    void isWholeOnceItsOtherPartsWereLookedFor() {
        // given
        MessageRow parent = row("GUID", "guid-parent", "Final_Action", "continue");
        MessageRow child = row(
                "GUID",
                "guid-child-1",
                "Message_Split",
                "guid-parent",
                "Recipients",
                "bo@rivercounty.example",
                "Final_Action",
                "continue");
        MessageRow other = row("GUID", "guid-of-a-resend", "Final_Action", "continue");

        // when
        Message whole = message(child).whole(List.of(child, parent, other));
        Message orphan = message(child).whole(List.of(child));

        // then
        assertThat(whole.key()).isEqualTo("guid-parent");
        assertThat(whole.rows()).containsExactlyInAnyOrder(parent, child);
        assertThat(told(whole, QuarantineState.PRESENT).recipientsComplete()).isTrue();
        assertThat(told(whole.unsure(), QuarantineState.PRESENT).recipientsComplete())
                .isFalse();
        assertThat(orphan.key()).as("only its own key finds it again").isEqualTo("guid-child-1");
        assertThat(told(orphan, QuarantineState.PRESENT).recipientsComplete())
                .as("nobody knows to whom its parent went")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true", "1", "2", "Y"})
    void takesNoFlagForAParent(String flag) {
        // when
        Message message = message(row("Message_Split", flag, "Final_Action", "continue"));

        // then
        assertThat(message.key()).isEqualTo("guid-own");
        assertThat(told(message, QuarantineState.PRESENT).recipientsComplete()).isFalse();
        assertThat(told(message.whole(List.of()), QuarantineState.PRESENT).recipientsComplete())
                .as("looking for the others does not help where nothing names them")
                .isFalse();
    }

    @Test
    void showsSubjectAndFromHeaderDecoded() {
        // when
        Observation observation = observation(row(
                "Subject",
                "=?UTF-8?B?R3LDvMOfZQ==?=",
                "Header_From",
                "=?UTF-8?Q?J=C3=B6rg?= <j@shop.example>",
                "Final_Action",
                "continue"));

        // then
        assertThat(observation.subject()).contains("Grüße");
        assertThat(observation.headerFrom()).contains("Jörg <j@shop.example>");
    }

    private Recipient only(MessageRow row) {
        return observation(row).recipients().getFirst();
    }

    private Observation observation(MessageRow... rows) {
        return told(Message.of(List.of(rows), START).getFirst(), QuarantineState.PRESENT);
    }

    private Recipient told(Message message) {
        return told(message, QuarantineState.GONE).recipients().getFirst();
    }

    private Observation told(Message message, QuarantineState state) {
        return observations.of(message, all -> true, true, (m, r) -> state);
    }

    private static Message message(MessageRow row) {
        return Message.of(List.of(row), START).getFirst();
    }

    private static Observations observations(Optional<URI> allowUrl) {
        return new Observations(new Site(
                new Route(Set.of("default_inbound"), Set.of("outbound"), Set.of("rivercounty.example")),
                Map.of(),
                Map.of(),
                Set.of("bulk", "spam"),
                Optional.empty(),
                allowUrl));
    }

    private static MessageRow held(String kind, String... pairs) {
        List<String> all = new java.util.ArrayList<>(
                List.of("Final_Action", "discard", "Final_Rule", "spam.inbound_" + kind, "Quarantine_Folder", kind));
        all.addAll(Arrays.asList(pairs));
        return row(all.toArray(String[]::new));
    }

    private static MessageRow row(String... pairs) {
        Map<String, String> columns = new TreeMap<>();
        columns.put("GUID", "guid-own");
        columns.put("Date", "2026-11-23 08:00:00 [UTC+0000]");
        columns.put("Recipients", "ana@rivercounty.example");
        columns.put("Sender", "bounce-7@mailer.example");
        columns.put("Message_ID", "<news-7@mailer.example>");
        for (int i = 0; i < pairs.length; i += 2) {
            columns.put(pairs[i], pairs[i + 1] == null ? "" : pairs[i + 1]);
        }
        return new MessageRow(columns);
    }
}
