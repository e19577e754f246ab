package org.mailtrace.onprem.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.RecipientStatus;

/** The published page is what the code says; run with the environment {@code MAILTRACE_GOLDEN=write} to publish a change. */
class StatusDictionaryTest {
    private static final Path PAGE = Path.of("..", "docs", "status", "onprem-exchange.md");

    /** Every event id that Microsoft documents for 2013 to SE, and three that are seen and not documented. */
    private static final List<String> DOCUMENTED = List.of(
            ("AGENTINFO BADMAIL CLIENTSUBMISSION DEFER DELIVER DELIVERFAIL DROP DSN DUPLICATEDELIVER DUPLICATEEXPAND "
                            + "DUPLICATEREDIRECT EXPAND FAIL HADISCARD HARECEIVE HAREDIRECT HAREDIRECTFAIL INITMESSAGECREATED "
                            + "LOAD MODERATIONEXPIRE MODERATORAPPROVE MODERATORREJECT MODERATORSALLNDR NOTIFYMAPI "
                            + "NOTIFYSHADOW POISONMESSAGE PROCESS PROCESSMEETINGMESSAGE RECEIVE REDIRECT RESOLVE RESUBMIT "
                            + "RESUBMITDEFER RESUBMITFAIL SEND SUBMIT SUBMITDEFER SUBMITFAIL SUPPRESSED THROTTLE TRANSFER "
                            + "SENDEXTERNAL RECIPIENTINFO SETROUTE")
                    .split(" "));

    @Test
    void knowsEveryEventAndSaysWhatToDo() {
        assertThat(EventIds.known().keySet()).containsExactlyInAnyOrderElementsOf(DOCUMENTED);
        assertThat(DOCUMENTED).allSatisfy(event -> {
            assertThat(EventDictionary.sentence(event, Optional.empty()))
                    .as(event)
                    .endsWith(".")
                    .doesNotContain("does not know");
            assertThat(EventDictionary.nextAction(event).orElseThrow())
                    .as(event)
                    .endsWith(".");
        });
    }

    @Test
    void showsAnUnknownEventAsItIs() {
        assertThat(EventDictionary.sentence("NEWEVENT", Optional.empty())).contains("NEWEVENT");
        assertThat(EventDictionary.nextAction("NEWEVENT")).isEmpty();
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

    private static String page() {
        List<String> lines = new ArrayList<>(List.of(
                "# What the tracking logs of Exchange servers say",
                "",
                "Written by a test from the service's dictionary; do not edit by hand. What stands in brackets is quoted from"
                        + " the log.",
                "",
                "## Recipients",
                "",
                "| Status | Reason | Explanation | Next action |",
                "|---|---|---|---|"));
        words().forEach(word ->
                lines.add("| " + word.status() + " | " + word.reason().orElse("") + " | " + Dictionary.explanation(word)
                        + " | " + Dictionary.nextAction(word).orElse("") + " |"));
        lines.addAll(List.of(
                "",
                "A second sentence may follow:",
                "",
                "* " + Dictionary.REPORTED,
                "* " + Dictionary.REPLIES_NOT_MATCHED,
                "* " + Dictionary.ADDRESSES_NOT_MATCHED,
                "* " + Dictionary.laterUnknown("NEWEVENT"),
                "* "
                        + RouteDictionary.way(Optional.of(giver(Giver.Kind.DEVICE)), List.of("EXCH01", "EXCH02"))
                                .orElseThrow(),
                "",
                "## Who handed it over",
                "",
                "| Kind of host | Sentence |",
                "|---|---|"));
        for (Giver.Kind kind : Giver.Kind.values()) {
            lines.add("| " + kind + " | " + RouteDictionary.received(giver(kind)) + " |");
        }
        lines.addAll(List.of("", "## To whom it was handed", "", "| Kind of host | Sentence |", "|---|---|"));
        for (Taker.Kind kind : Taker.Kind.values()) {
            lines.add("| " + kind + " | " + RouteDictionary.sent(taker(kind), Optional.of("250 2.6.0 Queued")) + " |");
        }
        lines.addAll(List.of("", "## Other messages that belong to it", ""));
        for (String sentence : List.of(
                RouteDictionary.reportIs("<report@exch01.rivercounty.example>"),
                RouteDictionary.originalIs("<original@contoso.example>"),
                RouteDictionary.madeOf("<original@contoso.example>", true),
                RouteDictionary.madeOf("<original@contoso.example>", false),
                RouteDictionary.madeOfThis("<other@contoso.example>", true),
                RouteDictionary.madeOfThis("<other@contoso.example>", false))) {
            lines.add("* " + sentence);
        }
        lines.addAll(List.of(
                "",
                "## Events",
                "",
                "| Event id | Type | Says of the recipient | Sentence | Next action |",
                "|---|---|---|---|---|"));
        for (String event : new TreeSet<>(EventIds.known().keySet())) {
            Verdict verdict = EventIds.known().get(event);
            lines.add("| " + event + " | " + verdict.type() + " | "
                    + verdict.status().map(Enum::name).orElse("") + " | "
                    + EventDictionary.sentence(event, Optional.empty()) + " | "
                    + EventDictionary.nextAction(event).orElseThrow() + " |");
        }
        lines.addAll(List.of(
                "",
                "An event id that does not stand here is shown as the log has it: \""
                        + EventDictionary.sentence("NEWEVENT", Optional.empty()) + "\""));
        return String.join("\n", lines) + "\n";
    }

    private static List<LastWord> words() {
        List<LastWord> words = new ArrayList<>();
        for (RecipientStatus status : RecipientStatus.values()) {
            if (Dictionary.says(status)) {
                words.addAll(words(status));
            }
        }
        return words;
    }

    private static List<LastWord> words(RecipientStatus status) {
        return switch (status) {
            case PASSED_ON ->
                List.of(
                        handed(status, Taker.Kind.EXCHANGE_ONLINE),
                        handed(status, Taker.Kind.OTHER_SYSTEM),
                        handed(status, Taker.Kind.OUTSIDE));
            case IN_TRANSIT ->
                List.of(
                        word(status, "", "RECEIVE"),
                        handed(status, Taker.Kind.OUR_SERVER),
                        handed(status, Taker.Kind.MAILBOX_DELIVERY),
                        handed(status, Taker.Kind.INSIDE_UNNAMED),
                        word(status, "moderation", "INITMESSAGECREATED"));
            case DELIVERED ->
                List.of(
                        word(status, "", "DELIVER"),
                        word(status, "", "DELIVER").withRelated(List.of("other@rivercounty.example")),
                        word(status, LastWord.DUPLICATE, "DUPLICATEDELIVER"));
            case EXPANDED ->
                List.of(
                        word(status, "", "EXPAND").withRelated(List.of("member@rivercounty.example")),
                        word(status, "", "EXPAND"));
            case DEFERRED ->
                List.of(
                        quoted(word(status, "", "DEFER")),
                        quoted(word(status, "throttled", "THROTTLE")),
                        word(status, "poison", "POISONMESSAGE"));
            case FAILED -> List.of(quoted(word(status, "", "FAIL")), word(status, "", "FAIL"));
            case REJECTED ->
                List.of(word(status, "moderation", "MODERATORREJECT"), word(status, "moderation", "MODERATIONEXPIRE"));
            case DISCARDED ->
                List.of(
                        quoted(word(status, "", "DROP")),
                        word(status, "badmail", "BADMAIL"),
                        word(status, "suppressed", "SUPPRESSED"));
            case UNKNOWN -> List.of(word(status, "", "NEWEVENT"), word(status, "housekeeping", "HARECEIVE"));
            default -> List.of(word(status, "", "EVENT"));
        };
    }

    private static LastWord word(RecipientStatus status, String reason, String event) {
        return new LastWord(
                status,
                event,
                Instant.EPOCH,
                Optional.of(reason).filter(text -> !text.isEmpty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    private static LastWord quoted(LastWord word) {
        return word.withDetail(Optional.of("text"));
    }

    private static LastWord handed(RecipientStatus status, Taker.Kind kind) {
        return word(status, "", "SEND")
                .handedTo(
                        taker(kind),
                        taker(kind).host().map(host -> new NextHop(host, Optional.of("250 2.6.0 Queued"))));
    }

    private static Taker taker(Taker.Kind kind) {
        return switch (kind) {
            case MAILBOX_DELIVERY, OUR_SERVER -> new Taker(kind, Optional.of("EXCH02"), Optional.empty());
            case INSIDE_UNNAMED -> new Taker(kind, Optional.empty(), Optional.empty());
            case EXCHANGE_ONLINE ->
                new Taker(
                        kind,
                        Optional.of("rivercounty-example.mail.protection.outlook.com"),
                        Optional.of("exchange-online"));
            case OTHER_SYSTEM -> new Taker(kind, Optional.of("mx1.pphosted.example"), Optional.of("proofpoint"));
            case OUTSIDE -> new Taker(kind, Optional.of("mx.contoso.example"), Optional.empty());
        };
    }

    private static Giver giver(Giver.Kind kind) {
        return switch (kind) {
            case DEVICE -> giver(kind, "10.20.3.4", "10.20.0.0/16", "printers", "EXCH01");
            case CLIENT -> giver(kind, "10.30.8.41", "EXCH01\\Client Proxy EXCH01", "", "");
            case MAILBOX -> giver(kind, "EXCH01", "MOMT", "", "");
            case INTERNET -> giver(kind, "192.0.2.7", "", "", "EXCH01");
            case OUR_SERVER -> giver(kind, "exch02.rivercounty.example", "", "", "");
            case SYSTEM_BY_ADDRESS -> giver(kind, "198.51.100.25", "", "proofpoint", "");
            case SYSTEM_BY_NAME ->
                giver(kind, "198.51.100.200", "mail1.outbound.protection.outlook.com", "exchange-online", "");
            case INSIDE -> giver(kind, "10.99.3.4", "", "", "");
            case UNNAMED -> giver(kind, "", "", "", "");
            case NO_HOST -> giver(kind, "EXCH01", "MAILBOXRULE", "", "");
        };
    }

    private static Giver giver(Giver.Kind kind, String who, String detail, String name, String frontEnd) {
        return new Giver(kind, who, Optional.of(who), present(detail), present(name), present(frontEnd));
    }

    private static Optional<String> present(String text) {
        return Optional.of(text).filter(each -> !each.isEmpty());
    }
}
