package org.mailtrace.exo.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.Recipient;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.detail.EventWords;
import org.mailtrace.exo.rows.TraceRow;
import org.mailtrace.exo.words.EventDictionary;
import org.mailtrace.exo.words.FailureWords;

/** The published page is what the code says; run with the environment {@code MAILTRACE_GOLDEN=write} to publish a change. */
class StatusDictionaryTest {
    private static final Path PAGE = Path.of("..", "docs", "status", "exchange-online.md");
    private static final String ANA = "ana@rivercounty.example";
    private static final String SAM = "sam@contoso.example";

    /** Every event id of the tracking log that Microsoft documents, and three that it leaves out. */
    private static final List<String> TRACKING_LOG = List.of(
            ("AGENTINFO BADMAIL DEFER DELIVER DELIVERFAIL DROP DSN DUPLICATEDELIVER DUPLICATEEXPAND DUPLICATEREDIRECT EXPAND"
                            + " FAIL HADISCARD HARECEIVE HAREDIRECT HAREDIRECTFAIL INITMESSAGECREATED LOAD MODERATIONEXPIRE"
                            + " MODERATORAPPROVE MODERATORREJECT MODERATORSALLNDR NOTIFYMAPI NOTIFYSHADOW POISONMESSAGE PROCESS"
                            + " PROCESSMEETINGMESSAGE RECEIVE REDIRECT RESOLVE RESUBMIT RESUBMITDEFER RESUBMITFAIL SEND SUBMIT"
                            + " SUBMITDEFER SUBMITFAIL SUPPRESSED THROTTLE TRANSFER SENDEXTERNAL RECIPIENTINFO SETROUTE")
                    .split(" ", -1));

    private final RecipientReader reader = new RecipientReader(new Organisation(
            Settings.of(OrganisationSettings.class, Map.of("mailtrace.domains", "rivercounty.example"))));

    @Test
    void knowsEveryEventOfTheTraceAndOfTheTrackingLog() {
        // given
        List<String> trace = List.of(
                "Receive",
                "Send",
                "Fail",
                "Deliver",
                "Expand",
                "Transfer",
                "Defer",
                "Resolved",
                "DLP rule",
                "Sensitivity label",
                "Submit",
                "Spam",
                "Malware",
                "Transport rule",
                "Drop");

        // then
        assertThat(trace).allSatisfy(StatusDictionaryTest::isExplained);
        assertThat(TRACKING_LOG).allSatisfy(StatusDictionaryTest::isExplained);
    }

    @Test
    void showsAnUnknownEventAsItIs() {
        assertThat(EventDictionary.sentence("Teleport", EventType.OTHER, Optional.of("somewhere.")))
                .isEqualTo("Exchange Online writes Teleport, which Mailtrace does not know: somewhere.");
    }

    @Test
    void isPublishedAsItIs() throws IOException {
        // given
        String page = page();

        // when
        if ("write".equals(System.getenv("MAILTRACE_GOLDEN"))) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }

        // then
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static void isExplained(String event) {
        assertThat(EventDictionary.of(event)).as(event).isPresent();
        assertThat(EventDictionary.sentence(event, EventWords.type(event, ""), Optional.empty()))
                .as(event)
                .endsWith(".")
                .doesNotContain("does not know");
        assertThat(EventDictionary.of(event).orElseThrow().nextAction())
                .as(event)
                .endsWith(".");
    }

    private String page() {
        List<String> lines = new ArrayList<>(List.of(
                "# What Exchange Online's statuses say",
                "",
                "Written by a test from the service's dictionary; do not edit by hand.",
                "",
                "## Recipients",
                "",
                "The first column is the status of the row, in Microsoft's word; the second what its events tell. Only events"
                        + " tell Junk Email, a quarantine, another address or another mail server from a mailbox.",
                "",
                "| Exchange Online says | Events | Status | Reason | Explanation | Next action |",
                "|---|---|---|---|---|---|"));
        rows(lines);
        lines.addAll(List.of(
                "",
                "## Why something failed",
                "",
                "By the enhanced status code in the error (`LED=`), which is always shown. Where a code has several meanings,"
                        + " the text of the error decides. A deferral says the same and that it is tried again.",
                "",
                "| Code | Text contains | Explanation | Next action |",
                "|---|---|---|---|"));
        FailureWords.table().forEach(row -> lines.add(line(row)));
        lines.addAll(List.of(
                "",
                "A code that does not stand above is read by the standards (RFC 3463 and the IANA registry); x is 4 or 5:",
                "",
                "| Code | Text contains | Explanation | Next action |",
                "|---|---|---|---|"));
        FailureWords.fallbacks().forEach(row -> lines.add(line(row)));
        lines.addAll(List.of(
                "",
                "## Events",
                "",
                "The tracking log of the extended report writes the names in capitals. The type is the one that an event has"
                        + " unless its text says otherwise: a delivery may be one to Junk Email or into the"
                        + " quarantine, and a filter or rule may have held, deleted or redirected the message.",
                "",
                "| Event | Type | Sentence | Next action |",
                "|---|---|---|---|"));
        EventDictionary.all()
                .forEach(entry -> lines.add("| " + entry.name() + " | " + entry.type() + " | "
                        + EventDictionary.sentence(entry.name(), entry.type(), Optional.empty()) + " | "
                        + entry.nextAction() + " |"));
        lines.addAll(List.of(
                "",
                "An event that does not stand here is shown as it came: \""
                        + EventDictionary.sentence("Teleport", EventType.OTHER, Optional.empty()) + "\""));
        return String.join("\n", lines) + "\n";
    }

    private void rows(List<String> lines) {
        for (String status : List.of(
                "delivered",
                "pending",
                "failed",
                "expanded",
                "quarantined",
                "filteredAsSpam",
                "gettingStatus",
                "recalled",
                "resolved",
                "none",
                "unknownFutureValue")) {
            lines.add(line(status, "not read", reader.read(TestRows.row(ANA, status), Optional.empty(), List.of())));
        }
        delivered(lines);
        TraceRow away = TestRows.row(SAM, ANA, "delivered", Optional.empty(), Optional.of("198.51.100.9"));
        lines.add(line("delivered, toIP filled", "not read", reader.read(away, Optional.empty(), List.of())));
        lines.add(line(
                "delivered, an address elsewhere",
                "not read",
                reader.read(TestRows.row("max@fabrikam.example", "delivered"), Optional.empty(), List.of())));
        add(lines, "pending", "Defer", event(1, "Defer", "Reason: [{LED=450 4.4.316 Connection refused};{MSG=}]"));
        add(
                lines,
                "pending",
                "Defer, Defer",
                event(1, "Defer", "Reason: [{LED=450 4.4.316 Connection refused};{MSG=};{FQDN=mx.fabrikam.example}]"),
                event(2, "Defer", "Reason: [{LED=450 4.4.316 Connection refused};{MSG=};{FQDN=mx.fabrikam.example}]"));
        add(lines, "pending", "PoisonMessage", event(1, "PoisonMessage", ""));
        for (String moderation :
                List.of("Moderation", "ModeratorApprove", "ModeratorsAllNdr", "ModeratorReject", "ModerationExpire")) {
            add(lines, "pending", moderation, event(1, moderation, ""));
        }
        add(lines, "failed", "none that tells why");
        add(lines, "failed", "Malware", event(1, "Malware", "Worm was detected"));
        add(lines, "failed", "Spam", event(1, "Spam", "Spam confidence level: 9"));
        add(
                lines,
                "failed",
                "Fail",
                event(1, "Fail", "Reason: [{LED=550 5.1.10 RESOLVER.ADR.RecipientNotFound};{MSG=}]"));
        add(
                lines,
                "failed",
                "Fail, by a rule that deletes",
                event(1, "Fail", "Reason: [{LED=550 5.2.1 Message deleted by the transport rules agent};{MSG=}]"));
        add(lines, "failed", "Reject", event(1, "Reject", ""));
        add(lines, "failed", "Deliver, Fail", event(1, "Deliver", ""), event(2, "Fail", "Reason: [{LED=550 5.9.9 x}]"));
        for (String reason : List.of("malware", "phish", "bulk", "spam", "rule")) {
            add(lines, "failed", "Drop, " + reason, event(1, "Drop", reason));
            add(lines, "quarantined", "Quarantine, " + reason, event(1, "Quarantine", reason));
        }
        add(lines, "failed", "Drop", event(1, "Drop", ""));
        add(lines, "quarantined", "Quarantine", event(1, "Quarantine", ""));
        add(lines, "quarantined", "Quarantine, Release", event(1, "Quarantine", ""), event(2, "Release", ""));
        add(
                lines,
                "expanded",
                "none that names members",
                reader.read(TestRows.row(ANA, "expanded"), Optional.of(List.of()), List.of("ben@rivercounty.example")));
        add(lines, "filteredAsSpam", "none of a delivery");
    }

    private void delivered(List<String> lines) {
        add(lines, "delivered", "none that tells where");
        add(lines, "delivered", "Deliver", event(1, "Deliver", ""));
        add(lines, "delivered", "Deliver, to Junk Email", event(1, "Deliver", "to the folder JunkEmail"));
        add(lines, "delivered", "DuplicateDeliver", event(1, "DuplicateDeliver", ""));
        add(
                lines,
                "delivered",
                "Redirect, Deliver",
                event(1, "Redirect", "to ben@rivercounty.example"),
                event(2, "Deliver", ""));
        add(lines, "delivered", "Send", event(1, "Send", "Message transferred to: mx.fabrikam.example"));
        add(lines, "delivered", "Resolved", event(1, "Resolved", "to ana.m@rivercounty.example"));
        add(lines, "delivered", "Resolved, to an address that is not named", event(1, "Resolved", ""));
        add(lines, "delivered", "Resolved, to an address elsewhere", event(1, "Resolved", "to ana@fabrikam.example"));
        add(lines, "delivered", "Redirect", event(1, "Redirect", "to ben@rivercounty.example"));
        add(lines, "delivered", "Expand", event(1, "Expand", ""));
        add(lines, "delivered", "Quarantine", event(1, "Quarantine", ""));
        add(lines, "delivered", "Quarantine, Deliver", event(1, "Quarantine", ""), event(2, "Deliver", ""));
        add(
                lines,
                "delivered",
                "Quarantine, Deliver in the same second",
                event(1, "Quarantine", ""),
                event(1, "Deliver", ""));
        add(lines, "delivered", "Deliver, Quarantine", event(1, "Deliver", ""), event(2, "Quarantine", ""));
        add(lines, "delivered", "Deliver, Recall", event(1, "Deliver", ""), event(2, "Recall", ""));
    }

    private void add(List<String> lines, String status, String events, DetailEvent... told) {
        add(lines, status, events, reader.read(TestRows.row(ANA, status), Optional.of(Arrays.asList(told)), List.of()));
    }

    private static void add(List<String> lines, String status, String events, Recipient recipient) {
        lines.add(line(status, events, recipient));
    }

    private static DetailEvent event(int second, String name, String description) {
        return TestRows.event(second, name, description);
    }

    private static String line(String status, String events, Recipient recipient) {
        return "| " + status + " | " + events + " | " + recipient.status() + " | "
                + recipient.reason().orElse("") + " | " + recipient.explanation() + " | "
                + recipient.nextAction().orElse("") + " |";
    }

    private static String line(FailureWords.Row row) {
        return "| " + row.codes() + " | " + row.onlyWith() + " | "
                + row.saying().explanation() + " | " + row.saying().nextAction() + " |";
    }
}
