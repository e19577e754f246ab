package org.mailtrace.proofpoint.fate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.proofpoint.words.RecordSentences;
import org.mailtrace.proofpoint.words.RemarkSentences;
import org.mailtrace.proofpoint.words.Sentences;
import org.mailtrace.proofpoint.words.Sentences.Facts;
import org.mailtrace.proofpoint.words.StreamSentences;

/** The published page is what the code says; run with the environment {@code MAILTRACE_GOLDEN=write} to publish a change. */
class StatusDictionaryTest {
    private static final Path PAGE = Path.of("..", "docs", "status", "proofpoint.md");
    private static final String RELEASE = "https://myspam.rivercounty.example:10020/euweb/login";

    @Test
    void knowsTheWordsOfEveryReason() {
        assertThat(Sentences.judgements())
                .containsAll(Arrays.stream(Reason.values()).map(Reason::word).toList());
        assertThat(Sentences.causes())
                .containsAll(Arrays.stream(HandoverReason.values())
                        .map(HandoverReason::word)
                        .toList());
    }

    @Test
    void hasASentenceAndAnActionForEveryStatus() {
        for (RecipientStatus status : RecipientStatus.values()) {
            assertThat(Sentences.explanation(status, Facts.none())).endsWith(".");
            assertThat(Sentences.nextAction(status, Facts.none()).orElseThrow()).endsWith(".");
        }
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
                "# What Proofpoint's statuses say",
                "",
                "Written by a test from the service's dictionary; do not edit by hand.",
                "",
                "| Status | Reason | Explanation | Next action |",
                "|---|---|---|---|"));
        filterReasons()
                .forEach(reason ->
                        lines.add(line("QUARANTINED, PRESENT", RecipientStatus.QUARANTINED, held(reason, "PRESENT"))));
        for (String state : List.of("GONE", "UNKNOWN")) {
            for (String reason : List.of("bulk", "phishing", "dlp", "")) {
                lines.add(line("QUARANTINED, " + state, RecipientStatus.QUARANTINED, held(reason, state)));
            }
        }
        for (RecipientStatus status : List.of(RecipientStatus.REJECTED, RecipientStatus.DISCARDED)) {
            filterReasons().forEach(reason -> lines.add(line(status.name(), status, because(reason))));
        }
        lines.add(line("PASSED_ON", RecipientStatus.PASSED_ON, handedTo("", "250 2.6.0 Queued mail for delivery")));
        lines.add(line("PASSED_ON, host not known", RecipientStatus.PASSED_ON, Facts.none()));
        lines.add(line("IN_TRANSIT", RecipientStatus.IN_TRANSIT, because(RecipientFate.NOT_SEEN)));
        for (RecipientStatus status : List.of(RecipientStatus.DEFERRED, RecipientStatus.FAILED)) {
            handoverReasons().forEach(reason -> lines.add(line(status.name(), status, handedTo(reason, "reply"))));
        }
        lines.add(line("DEFERRED, at the door", RecipientStatus.DEFERRED, because("greylisting")));
        lines.add(line("DEFERRED, at the door", RecipientStatus.DEFERRED, Facts.none()));
        lines.add(line("REDIRECTED, address known", RecipientStatus.REDIRECTED, redirected()));
        lines.add(line("REDIRECTED", RecipientStatus.REDIRECTED, Facts.none()));
        lines.add(line("UNKNOWN, word of the filter", RecipientStatus.UNKNOWN, Facts.none()));
        lines.add(line("UNKNOWN, word of the mail server", RecipientStatus.UNKNOWN, handedTo("", "reply")));
        lines.addAll(List.of("", "Told beside the status, where a record says it:", ""));
        String url = "https://myspam.rivercounty.example:10020/euweb/senders";
        Stream.of(
                        Sentences.appliedRule(Optional.of("bulk"), "inbound_bulk", Optional.empty())
                                .orElseThrow(),
                        Sentences.appliedRule(
                                        Optional.of("bulk"), "inbound_bulk", Optional.of("it looks like a newsletter"))
                                .orElseThrow(),
                        Sentences.appliedRule(Optional.empty(), "house_rule", Optional.of("the site's own words"))
                                .orElseThrow(),
                        RemarkSentences.secureReader(),
                        RemarkSentences.smime(),
                        RemarkSentences.markedEncrypted(),
                        RemarkSentences.reinjected(),
                        RemarkSentences.heldBefore(),
                        RemarkSentences.earlierPassHeld(),
                        RemarkSentences.laterPassWentOn(),
                        RemarkSentences.handedOnAfterHold(Optional.of("mx.contoso.example")),
                        RemarkSentences.handedOnAfterHold(Optional.empty()),
                        RemarkSentences.fromHeaderDiffers("news@shop.example", "bounce-7@mailer.example"),
                        RemarkSentences.allow("news@shop.example", true, Optional.of(url)),
                        RemarkSentences.allow("news@shop.example", true, Optional.empty()),
                        RemarkSentences.allow("bounce-7@mailer.example", false, Optional.of(url)),
                        RemarkSentences.allow("bounce-7@mailer.example", false, Optional.empty()))
                .forEach(sentence -> lines.add("* " + sentence));
        lines.addAll(List.of("", "Warnings: the answer stands, and this should be known:", ""));
        warnings().forEach(sentence -> lines.add("* " + sentence));
        lines.addAll(
                List.of("", "Why it did not look, or not everywhere:", "", "| State | Explanation |", "|---|---|"));
        whyNot().forEach((sentence, state) -> lines.add("| " + state + " | " + sentence + " |"));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> warnings() {
        return List.of(
                Sentences.subjectByStems(),
                Sentences.nullSenderReadsEverything(),
                Sentences.nothingMoreThorough(),
                Sentences.noDate(1),
                Sentences.dateWithoutZone(2),
                Sentences.noRecipients(1),
                Sentences.noTarget(1),
                Sentences.subjectUnreadable(2),
                Sentences.noiseHidden(3),
                Sentences.cannotCheckQuarantine(),
                RecordSentences.noQuarantine());
    }

    private static Map<String, String> whyNot() {
        Instant from = Instant.parse("2026-11-20T10:00:00Z");
        Instant to = Instant.parse("2026-11-20T11:00:00Z");
        Map<String, String> states = new LinkedHashMap<>();
        states.put(Sentences.unknownKindOfId(), "CANNOT_ANSWER");
        states.put(Sentences.subjectWithoutWords(), "CANNOT_ANSWER");
        states.put(RecordSentences.cannotHaveThatId(), "CANNOT_ANSWER");
        states.put(Sentences.outOfRetention(Duration.ofDays(30)), "OUT_OF_RETENTION");
        states.put(Sentences.windowOutOfRetention(Duration.ofDays(30)), "OUT_OF_RETENTION");
        states.put(RecordSentences.begins("message", from), "OUT_OF_RETENTION");
        states.put(Sentences.accountRefused(), "DENIED");
        states.put(Sentences.moduleRefused("Smart Search", "pss"), "DENIED");
        states.put(StreamSentences.refused(401), "DENIED");
        states.put(Sentences.throttled("Smart Search"), "THROTTLED");
        states.put(Sentences.outOfTime(), "TIMED_OUT");
        states.put(RecordSentences.storeTooSlow(), "TIMED_OUT");
        states.put(Sentences.tooManySlices(), "TRUNCATED");
        states.put(Sentences.tooManyInOneSecond(), "TRUNCATED");
        states.put(RecordSentences.moreThanCanBeRead(), "TRUNCATED");
        states.put(Sentences.pageInsteadOfData("Smart Search"), "FAILED");
        states.put(Sentences.redirected("Smart Search"), "FAILED");
        states.put(Sentences.errorStatus("Smart Search", 502), "FAILED");
        states.put(Sentences.unreachable("Smart Search"), "FAILED");
        states.put(Sentences.notTrusted("Smart Search"), "FAILED");
        states.put(Sentences.unknownHost("Smart Search"), "FAILED");
        states.put(Sentences.unreadable("the quarantine"), "FAILED");
        states.put(Sentences.tooLong("the quarantine", 1024), "FAILED");
        states.put(RecordSentences.storeFailed(), "FAILED");
        states.put(Sentences.folderNotReadWhole("Bulk"), "any, of a folder");
        states.put(RecordSentences.nothingYet("message"), "PARTIAL");
        states.put(RecordSentences.behind("message", to), "PARTIAL");
        Stream.of(
                        StreamSentences.notReadYet(),
                        StreamSentences.interrupted(),
                        StreamSentences.lost(),
                        StreamSentences.setAside())
                .forEach(reason -> states.put(RecordSentences.gap("message", from, to, reason), "PARTIAL"));
        states.put(RecordSentences.handOverMayBeMissing(), "PARTIAL");
        states.put(RecordSentences.evidenceFailed(), "PARTIAL");
        Stream.of(
                        StreamSentences.unreachable(),
                        StreamSentences.notTrusted(),
                        StreamSentences.noTls(),
                        StreamSentences.reconnecting(),
                        StreamSentences.tooManySessions(),
                        StreamSentences.answered(502),
                        StreamSentences.archiveRefused(401, true),
                        StreamSentences.archiveRefuses(),
                        StreamSentences.failed(),
                        StreamSentences.notStored("The disk is full."))
                .forEach(trouble -> states.put(trouble, "PARTIAL"));
        states.put(RecordSentences.completedBySmartSearch(), "ANSWERED, of a part");
        return states;
    }

    private static List<String> filterReasons() {
        return Stream.concat(Arrays.stream(Reason.values()).map(Reason::word), Stream.of(""))
                .toList();
    }

    private static List<String> handoverReasons() {
        return Stream.concat(Arrays.stream(HandoverReason.values()).map(HandoverReason::word), Stream.of(""))
                .toList();
    }

    private static String line(String shown, RecipientStatus status, Facts facts) {
        return "| " + shown + " | " + facts.reason().orElse("") + " | " + Sentences.explanation(status, facts) + " | "
                + Sentences.nextAction(status, facts).orElse("") + " |";
    }

    private static Facts held(String reason, String state) {
        boolean releasable = List.of("bulk", "spam").contains(reason) && !state.equals("GONE");
        return new Facts(
                word(reason),
                Optional.of("house_rule"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(QuarantineState.valueOf(state)),
                releasable ? Optional.of(RELEASE) : Optional.empty(),
                false);
    }

    private static Facts because(String reason) {
        return new Facts(
                word(reason),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Facts handedTo(String reason, String reply) {
        return new Facts(
                word(reason),
                Optional.empty(),
                Optional.of("mx.contoso.example"),
                Optional.of(reply),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    private static Facts redirected() {
        return new Facts(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                true);
    }

    private static Optional<String> word(String reason) {
        return Optional.of(reason).filter(text -> !text.isEmpty());
    }
}
