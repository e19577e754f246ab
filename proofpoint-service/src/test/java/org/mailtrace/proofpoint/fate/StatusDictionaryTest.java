package org.mailtrace.proofpoint.fate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.proofpoint.words.RemarkSentences;
import org.mailtrace.proofpoint.words.Sentences;
import org.mailtrace.proofpoint.words.Sentences.Facts;

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
        return String.join("\n", lines) + "\n";
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
