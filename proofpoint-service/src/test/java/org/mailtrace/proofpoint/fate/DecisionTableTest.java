package org.mailtrace.proofpoint.fate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Origin;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.TraceEvent;
import org.mailtrace.proofpoint.row.MessageRow;

class DecisionTableTest {
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private final Observations observations = new Observations(new Site(
            new Route(Set.of("default_inbound"), Set.of("outbound"), Set.of("rivercounty.example")),
            Map.of("vip_list", "impostor"),
            Map.of("Inbound_Bulk", "it looks like a newsletter", "house_rule_9", "the county says so"),
            Set.of("bulk", "spam"),
            Optional.of(URI.create("https://myspam.rivercounty.example/login")),
            Optional.of(URI.create("https://myspam.rivercounty.example/senders"))));

    @ParameterizedTest
    @CsvSource({
        "accept,,IN_TRANSIT",
        "continue,,IN_TRANSIT",
        "Continue,Audit,IN_TRANSIT",
        "discard,,DISCARDED",
        "discard,Bulk,QUARANTINED",
        "quarantined,Bulk,QUARANTINED",
        "reject,,REJECTED",
        "reject,Audit,REJECTED",
        "retry,,DEFERRED",
        "redirect,,REDIRECTED",
        "tempfail,,UNKNOWN",
        ",,UNKNOWN",
    })
    void readsTheFiltersDecision(String action, String folder, RecipientStatus status) {
        assertThat(recipientOf(row("Final_Action", action, "Quarantine_Folder", folder))
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sent (250 2.6.0 Queued mail for delivery)|2.0.0|PASSED_ON|",
                "Deferred: 403 4.7.0 TLS handshake failed|4.7.0|DEFERRED|tls",
                "Deferred: Connection timed out with mx.contoso.example|4.0.0|DEFERRED|connection",
                "User unknown|5.1.1|FAILED|unknown-recipient",
                "550 5.1.10 RESOLVER.ADR.RecipientNotFound|5.1.10|FAILED|unknown-recipient",
                "Service unavailable|5.0.0|FAILED|",
                "Message frobnicated||UNKNOWN|",
            })
    void letsTheMailServerDecideWhatPassed(String stat, String code, RecipientStatus status, String reason) {
        // when
        Recipient ana = recipientOf(
                row("Final_Action", "continue", "SendmailRaw_Log", line("ana@rivercounty.example", code, stat)));

        // then
        assertThat(ana.status()).isEqualTo(status);
        assertThat(ana.reason()).isEqualTo(Optional.ofNullable(reason));
        assertThat(ana.rawStatus().orElseThrow()).startsWith("continue").endsWith(stat);
        assertThat(ana.at()).contains(Instant.parse("2026-11-23T08:00:03.123456Z"));
    }

    @Test
    void namesTheNextHopAndItsReply() {
        // when
        Recipient ana = recipientOf(row(
                "Final_Action",
                "continue",
                "SendmailRaw_Log",
                line("ana@rivercounty.example", "2.0.0", "Sent (250 2.6.0 Queued, really)")));

        // then
        assertThat(ana.nextHop().orElseThrow().host()).isEqualTo("mx.contoso.example");
        assertThat(ana.nextHop().orElseThrow().reply()).contains("250 2.6.0 Queued, really");
        assertThat(ana.explanation()).contains("mx.contoso.example").contains("250 2.6.0");
    }

    @Test
    void neverSaysDeliveredOfMailThatPassed() {
        for (String stat : List.of("Sent (Ok: queued)", "Sent", "", "Deferred")) {
            assertThat(recipientOf(row("Final_Action", "continue", "Sendmail_Stat", stat))
                            .status())
                    .isNotEqualTo(RecipientStatus.DELIVERED);
        }
    }

    @Test
    void findsTheHostInTheReplyOfAnExchangeServer() {
        // when
        Recipient ana = recipientOf(row(
                "Final_Action",
                "continue",
                "Sendmail_Stat",
                "Sent (<a@b> [InternalId=7, Hostname=EXCH01.rivercounty.example] Queued mail for delivery)"));

        // then
        assertThat(ana.nextHop().orElseThrow().host()).isEqualTo("EXCH01.rivercounty.example");
    }

    @Test
    void keepsTheFatesOfSeveralRecipientsApart() {
        // given
        MessageRow row = row(
                "Recipients",
                "ana@rivercounty.example,bo@rivercounty.example,cy@rivercounty.example",
                "Final_Action",
                "continue",
                "SendmailRaw_Log",
                line("ana@rivercounty.example", "4.4.1", "Deferred: Connection timed out") + "\n"
                        + line("ana@rivercounty.example", "2.0.0", "Sent (Ok)") + "\n"
                        + line("bo@rivercounty.example", "5.1.1", "User unknown"));

        // when
        List<Recipient> recipients = observationOf(row).recipients();

        // then
        assertThat(recipients)
                .extracting(Recipient::status)
                .containsExactly(RecipientStatus.PASSED_ON, RecipientStatus.FAILED, RecipientStatus.IN_TRANSIT);
    }

    @Test
    void doesNotLendOneRecipientsStatusToAnother() {
        // given
        MessageRow row = row(
                "Recipients",
                "ana@rivercounty.example,bo@rivercounty.example",
                "Final_Action",
                "continue",
                "Sendmail_To",
                "<bo@rivercounty.example>",
                "Sendmail_Stat",
                "Sent (Ok)");

        // then
        assertThat(observationOf(row).recipients())
                .extracting(Recipient::status)
                .containsExactly(RecipientStatus.IN_TRANSIT, RecipientStatus.PASSED_ON);
    }

    @Test
    void keepsTheVendorsWordsBesideTheStatus() {
        // when
        Recipient ana = recipientOf(held("inbound_bulk", "Bulk"));

        // then
        assertThat(ana.rawStatus()).contains("discard; rule spam.inbound_bulk; module spam; folder Bulk");
        assertThat(ana.quarantine().orElseThrow().folder()).contains("Bulk");
        assertThat(ana.quarantine().orElseThrow().rule()).contains("inbound_bulk");
    }

    @Test
    void saysTheRuleInWords() {
        assertThat(recipientOf(held("inbound_bulk", "Bulk")).explanation())
                .contains(
                        "as bulk mail; it has not reached the mailbox. The rule inbound_bulk applied because it looks like a"
                                + " newsletter.");
        assertThat(recipientOf(held("inbound_phish", "Phish")).explanation())
                .contains("The rule inbound_phish applied.");
        assertThat(recipientOf(row("Final_Action", "reject", "Final_Rule", "access.house_rule_9"))
                        .explanation())
                .contains(
                        "by its rule house_rule_9; the sender should have received a bounce. The rule applied because the"
                                + " county says so.");
        assertThat(recipientOf(row("Final_Action", "reject", "Final_Rule", "access.another"))
                        .explanation())
                .contains("by its rule another")
                .doesNotContain("because");
        assertThat(recipientOf(row("Final_Action", "continue", "Final_Rule", "access.house_rule_9"))
                        .explanation())
                .doesNotContain("because");
    }

    @Test
    void showsAFieldThatNobodyHasSeenBeforeAsItCame() {
        assertThat(observationOf(row("Final_Action", "continue", "New_Verdict", "shiny", "Subject", "Report"))
                        .events())
                .filteredOn(event -> event.type() == EventType.FILTER)
                .singleElement()
                .satisfies(event -> assertThat(event.raw())
                        .contains(new NameValue("New_Verdict", "shiny"))
                        .extracting(NameValue::name)
                        .doesNotContain("Subject"));
    }

    @ParameterizedTest
    @CsvSource({
        "inbound_bulk,Bulk,bulk",
        "inbound_spam_definite,Quarantine,spam",
        "inbound_phish,Phish,phishing",
        "inbound_bulk,Phish,phishing",
        "module.sandbox.threat,Attachment,malware",
        "inbound_impostor,Quarantine,impostor",
        "dlp_ssn,Outbound,dlp",
        "vip_list_7,Quarantine,impostor",
        "house_rule_7,Quarantine,spam",
    })
    void readsTheReasonFromTheNamesOfRuleAndFolder(String rule, String folder, String reason) {
        assertThat(recipientOf(held(rule, folder)).reason()).contains(reason);
    }

    @Test
    void offersReleaseOnlyForWhatARecipientMayRelease() {
        // when
        Recipient bulk = recipientOf(held("inbound_bulk", "Bulk"));
        Recipient phish = recipientOf(held("inbound_phish", "Phish"));

        // then
        assertThat(bulk.quarantine().orElseThrow().releaseUrl()).contains("https://myspam.rivercounty.example/login");
        assertThat(bulk.nextAction().orElseThrow()).contains("https://myspam.rivercounty.example/login");
        assertThat(phish.quarantine().orElseThrow().releaseUrl()).isEmpty();
        assertThat(phish.nextAction()).contains("Do not release it; ask the security team.");
    }

    @Test
    void offersNoReleaseOfWhatIsGone() {
        // when
        Recipient gone = observations
                .of(messageOf(held("inbound_bulk", "Bulk")), all -> true, true, (m, r) -> QuarantineState.GONE)
                .recipients()
                .getFirst();

        // then
        assertThat(gone.quarantine().orElseThrow().releaseUrl()).isEmpty();
        assertThat(gone.explanation()).contains("no longer in the quarantine folders");
    }

    @Test
    void mergesTheRowsOfOneMessageAndLetsTheLatestSpeak() {
        // given
        MessageRow first = held("inbound_bulk", "Bulk");
        MessageRow later =
                row("Date", "2026-11-23 12:00:00 [UTC+0000]", "Final_Action", "continue", "Sendmail_Stat", "Sent (Ok)");

        // when
        List<Message> messages = Message.of(List.of(later, first), START);
        Observation observation =
                observations.of(messages.getFirst(), all -> true, true, (m, r) -> QuarantineState.GONE);

        // then
        assertThat(messages).hasSize(1);
        assertThat(observation.firstSeen()).isEqualTo(START);
        assertThat(observation.recipients()).extracting(Recipient::status).containsExactly(RecipientStatus.PASSED_ON);
        assertThat(observation.events())
                .extracting(TraceEvent::type)
                .containsExactly(
                        EventType.RECEIVE, EventType.FILTER, EventType.QUARANTINE, EventType.FILTER, EventType.SEND);
    }

    @Test
    void tellsACopyFromAHold() {
        // when
        Observation copied = observationOf(row("Final_Action", "continue", "Quarantine_Folder", "Audit"));

        // then
        assertThat(copied.recipients().getFirst().quarantine()).isEmpty();
        assertThat(copied.events())
                .extracting(TraceEvent::type)
                .containsExactly(EventType.RECEIVE, EventType.FILTER, EventType.OTHER);
    }

    @Test
    void tellsWhereARedirectedMessageWent() {
        assertThat(recipientOf(row("Final_Action", "redirect", "Sendmail_To", "<bo@rivercounty.example>"))
                        .relatedAddresses())
                .containsExactly("bo@rivercounty.example");
    }

    @Test
    void tellsWhoTookARedirectedMessageForItsNewAddress() {
        // when
        Observation redirected = observationOf(row(
                "Final_Action",
                "redirect",
                "Recipients",
                "claims@rivercounty.example",
                "Sendmail_To",
                "<office@partner.example>",
                "SendmailRaw_Log",
                "2026-11-23T08:00:02.000+0000 m1 sendmail[9]: 4Ab: to=<office@partner.example>, delay=00:00:01,"
                        + " relay=mx.partner.example. [192.0.2.9], dsn=2.0.0, stat=Sent (250 2.0.0 Ok)"));

        // then
        assertThat(redirected.recipients())
                .extracting(Recipient::address, Recipient::status)
                .containsExactly(
                        tuple("claims@rivercounty.example", RecipientStatus.REDIRECTED),
                        tuple("office@partner.example", RecipientStatus.PASSED_ON));
        assertThat(redirected.recipients().getLast().nextHop().orElseThrow().host())
                .isEqualTo("mx.partner.example");
        assertThat(redirected.recipientCount()).contains(1);
        assertThat(redirected.recipientsComplete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "default_inbound,ana@rivercounty.example,INBOUND,OUTSIDE",
        "outbound,sam@contoso.example,OUTBOUND,",
        "outbound,ana@rivercounty.example,INTERNAL,",
        "outbound,'ana@rivercounty.example,sam@contoso.example',MIXED,",
        "internalnet,ana@rivercounty.example,UNKNOWN,",
    })
    void seesOriginAndDirectionInThePolicyRoutes(String routes, String recipients, Direction direction, Origin origin) {
        // when
        Observation observation =
                observationOf(row("Final_Action", "continue", "Policy_Routes", routes, "Recipients", recipients));

        // then
        assertThat(observation.direction()).contains(direction);
        assertThat(observation.origin()).isEqualTo(Optional.ofNullable(origin));
    }

    @Test
    void doesNotCallTheRecipientsOfASplitMessageComplete() {
        assertThat(observationOf(row("Final_Action", "continue", "Message_Split", "parent-guid"))
                        .recipientsComplete())
                .isFalse();
    }

    @Test
    void showsTheNullSender() {
        assertThat(observationOf(row("Final_Action", "continue", "Sender", "")).sender())
                .contains("<>");
    }

    private Recipient recipientOf(MessageRow row) {
        return observationOf(row).recipients().getFirst();
    }

    private Observation observationOf(MessageRow row) {
        return observations.of(messageOf(row), all -> true, true, (m, r) -> QuarantineState.PRESENT);
    }

    private static Message messageOf(MessageRow row) {
        return Message.of(List.of(row), START).getFirst();
    }

    private static String line(String to, String code, String stat) {
        return "2026-11-23T02:00:03.123456-06:00 m0072552 sendmail[17416]: 4AB: to=<" + to
                + ">, delay=00:00:03, mailer=esmtp, relay=mx.contoso.example. [192.0.2.25], dsn=" + code + ", stat="
                + stat;
    }

    private static MessageRow held(String rule, String folder) {
        return row(
                "Final_Action",
                "discard",
                "Final_Rule",
                "spam." + rule,
                "Module_ID",
                "spam",
                "Quarantine_Rule",
                rule,
                "Quarantine_Folder",
                folder);
    }

    private static MessageRow row(String... pairs) {
        Map<String, String> columns = new TreeMap<>();
        columns.put("GUID", "9rLtu31xs8H24NF8KcRw-S6EihtLK-y_");
        columns.put("Date", "2026-11-23 02:00:00 [UTC-0600]");
        columns.put("Recipients", "ana@rivercounty.example");
        columns.put("Sender", "offers@shop.example");
        for (int i = 0; i < pairs.length; i += 2) {
            columns.put(pairs[i], pairs[i + 1] == null ? "" : pairs[i + 1]);
        }
        return new MessageRow(columns);
    }
}
