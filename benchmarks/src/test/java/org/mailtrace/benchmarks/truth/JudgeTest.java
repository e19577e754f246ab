package org.mailtrace.benchmarks.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.standins.flows.Fate;
import org.mailtrace.standins.flows.FlowTruth;
import org.mailtrace.standins.flows.Seen;
import org.mailtrace.standins.flows.Truth;

/** A letter came through Proofpoint into a cloud mailbox; what may be said about it, and what may not. */
class JudgeTest {
    private static final Instant BEGUN = Instant.parse("2026-11-23T08:00:00Z");
    private static final long NOW = BEGUN.plusSeconds(14_400).getEpochSecond();
    private static final String ANA = "ana1@rivercounty.example";
    private static final Set<String> NOBODY = Set.of();

    private static final Truth LETTER = new Truth(
            "f1-1-1",
            "<f1-1-1@contoso.example>",
            "sam1@contoso.example",
            List.of("sam1@contoso.example"),
            "",
            "Invoice 1",
            List.of(ANA),
            BEGUN.getEpochSecond(),
            "OUTSIDE",
            "proofpoint",
            true,
            "",
            List.of(new Fate(
                    ANA, "DELIVERED", "exchange-online", "INBOUND", List.of(), 1, "", List.of("exchange-online"))),
            List.of(
                    seen("proofpoint", "receive", 0),
                    seen("proofpoint", "pass", 2),
                    seen("exchange-online", "receive", 4),
                    seen("exchange-online", "deliver", 6)),
            List.of());
    private static final FlowTruth FLOW = new FlowTruth("f1-1", 1, 1, "inbound", List.of(LETTER));

    private static final String TRUE_ANSWER = """
            {"complete": true, "summary": "1 message found.",
             "traces": [{"messageId": "<f1-1-1@contoso.example>", "sender": "sam1@contoso.example", "subject": "Invoice 1",
               "firstSeen": "2026-11-23T08:00:00.000Z", "path": ["proofpoint", "exchange-online"],
               "recipients": [{"address": "ana1@rivercounty.example", "outcome": "DELIVERED", "direction": "INBOUND",
                 "where": "exchange-online", "since": "2026-11-23T08:00:06.000Z", "via": [], "readdressedTo": [],
                 "sentence": "Exchange Online put it into the mailbox at 08:00.",
                 "evidence": [{"source": "exchange-online", "at": "2026-11-23T08:00:06.000Z"}]}],
               "notices": []}],
             "sources": [{"source": "proofpoint", "state": "ANSWERED"}, {"source": "exchange-online", "state": "ANSWERED"}]}
            """;

    private final Tally tally = new Tally();
    private final Judge judge = new Judge(new Truths(List.of(FLOW)), tally);

    @Test
    void findsNothingWrongInATrueAnswer() throws IOException {
        // when
        judge(TRUE_ANSWER, NOBODY);

        // then
        assertThat(tally.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "outcome                         | \"DELIVERED\"                  | \"FAILED\"",
                "where                           | \"where\": \"exchange-online\" | \"where\": \"proofpoint\"",
                "direction                       | INBOUND                        | OUTBOUND",
                "evidence of another message     | 08:00:06.000Z\"}               | 08:20:06.000Z\"}",
                "since                           | 08:00:06.000Z\", \"via\"       | 07:20:06.000Z\", \"via\"",
                "via                             | \"via\": []                    | \"via\": [\"x@y.example\"]",
                "a recipient of another message  | ana1@                          | ben1@",
                "a message that never was        | f1-1-1@                        | f1-1-2@",
                "sender                          | sam1@                          | tom1@",
                "path                            | [\"proofpoint\",               | [\"onprem-exchange\",",
                "notice                          | \"notices\": []                | \"notices\": [{\"code\": \"BYPASSED_PROOFPOINT\"}]",
                "clocks                          | \"notices\": []                | \"notices\": [{\"code\": \"CLOCKS_DIFFER\"}]",
                "related                         | \"notices\": []                | \"notices\": [], \"related\": [{\"text\": \"A report.\"}]",
                "count                           | 1 message found                | 2 messages found",
                "not in the mailbox              | at 08:00.                      | at 08:00; it has not reached the mailbox.",
            })
    void namesWhatIsNotSo(String rule, String words, String others) throws IOException {
        // when
        judge(TRUE_ANSWER.replace(words, others), NOBODY);

        // then
        assertThat(tally.violations()).extracting(Violation::rule).contains(rule);
    }

    @Test
    void oneMessageIsToldAsTwoOnlyWhereItIsSaidThatItMayBeOne() throws IOException {
        // given
        String trace = TRUE_ANSWER.substring(TRUE_ANSWER.indexOf("[{") + 1, TRUE_ANSWER.indexOf("],\n \"sources"));
        String twice = TRUE_ANSWER.replace(trace, trace + ", " + trace).replace("1 message found", "2 messages found");

        // when
        judge(twice.replace("\"notices\": []", "\"notices\": [{\"code\": \"MAYBE_PART_OF_ANOTHER\"}]"), NOBODY);

        // then
        assertThat(tally.violations()).isEmpty();

        // when
        judge(twice, NOBODY);

        // then
        assertThat(tally.violations()).extracting(Violation::rule).containsExactly("one message told as two");
    }

    @Test
    void ofSeveralPartsOfOneMessageItIsSaidOfAllButOne() throws IOException {
        // given
        String trace = TRUE_ANSWER.substring(TRUE_ANSWER.indexOf("[{") + 1, TRUE_ANSWER.indexOf("],\n \"sources"));
        String loose = trace.replace("\"notices\": []", "\"notices\": [{\"code\": \"MAYBE_PART_OF_ANOTHER\"}]");
        String found = TRUE_ANSWER.replace("1 message found", "3 messages found");

        // when
        judge(found.replace(trace, trace + ", " + loose + ", " + loose), NOBODY);

        // then
        assertThat(tally.violations()).isEmpty();

        // when
        judge(found.replace(trace, trace + ", " + loose + ", " + trace), NOBODY);

        // then
        assertThat(tally.violations()).extracting(Violation::rule).containsExactly("one message told as two");
    }

    @Test
    void namesWhatTheLivingCouldNotKnow() throws IOException {
        // when
        judge(TRUE_ANSWER, Set.of("proofpoint"));

        // then
        assertThat(tally.violations())
                .extracting(Violation::rule)
                .containsExactlyInAnyOrder("complete", "path", "direction of unseen origin");
    }

    @Test
    void aLivingSourceThatLookedInPartMayShowWhatItHas() throws IOException {
        // when
        judge(
                TRUE_ANSWER
                        .replace(
                                "{\"source\": \"proofpoint\", \"state\": \"ANSWERED\"}",
                                "{\"source\": \"proofpoint\", \"state\": \"PARTIAL\"}")
                        .replace("\"complete\": true", "\"complete\": false"),
                NOBODY);

        // then
        assertThat(tally.violations()).isEmpty();
    }

    @Test
    void absenceIsWrongOfAMessageThatWasSent() throws IOException {
        // when
        judge("{\"complete\": true, \"summary\": \"No message found; every source looked.\", \"traces\": []}", NOBODY);

        // then
        assertThat(tally.violations())
                .extracting(Violation::rule)
                .containsExactlyInAnyOrder("absence", "complete without it");
    }

    @Test
    void notYetVisibleIsWrongOfWhatIsShown() throws IOException {
        // when
        judge(
                TRUE_ANSWER
                        .replace("\"DELIVERED\"", "\"PENDING\"")
                        .replace("\"via\"", "\"reason\": \"not-visible-yet\", \"via\""),
                NOBODY);

        // then
        assertThat(tally.violations()).extracting(Violation::rule).containsExactly("not visible yet, but it is");
    }

    @Test
    void undeterminedIsNeverWrongButCountedWhereTheLivingWouldHaveSufficed() throws IOException {
        // when
        judge(TRUE_ANSWER.replace("\"DELIVERED\"", "\"UNDETERMINED\""), NOBODY);

        // then
        assertThat(tally.violations()).isEmpty();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        tally.tell(new PrintStream(told, true, StandardCharsets.UTF_8), false);
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("1 told too little of 1 that the living could tell");
    }

    @Test
    void countsWhatWasLeftOutAndWhoDidNotLookAlthoughNothingIsWrong() throws IOException {
        // when
        judge("{\"complete\": false, \"summary\": \"Not known.\", \"traces\": [], \"sources\": []}", NOBODY);
        judge(
                TRUE_ANSWER
                        .replace(
                                "{\"source\": \"exchange-online\", \"state\": \"ANSWERED\"}",
                                "{\"source\": \"exchange-online\", \"state\": \"TIMED_OUT\"}")
                        .replace("\"complete\": true", "\"complete\": false"),
                Set.of());

        // then
        assertThat(tally.violations()).isEmpty();
        assertThat(tally.tellable()).isEqualTo(1);
        assertThat(tally.untold()).isEqualTo(1);
        assertThat(tally.notLooked()).isEqualTo(1);
    }

    @Test
    void aViolationNamesAllThatMakesItAgain() throws IOException {
        // when
        judge(TRUE_ANSWER.replace("\"DELIVERED\"", "\"FAILED\""), NOBODY);

        // then
        assertThat(tally.violations().getFirst().toString())
                .contains("flow=f1-1")
                .contains("dead=[]")
                .contains("FAILED")
                .contains("DELIVERED");
    }

    private void judge(String answer, Set<String> dead) throws IOException {
        JsonNode json = new ObjectMapper().readTree(answer);
        judge.judge(new Question(FLOW, "recipient", Map.of("recipient", ANA)), 200, json, dead, NOW, NOW);
    }

    private static Seen seen(String system, String event, long after) {
        long at = BEGUN.getEpochSecond() + after;
        return new Seen(system, ANA, event, at, at);
    }
}
