package org.mailtrace.exo.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.exo.words.StatusWords.Saying;

class FailureWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5.1.10|550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found|The address does not exist (5.1.10).",
                "5.1.10|550 5.1.10 Recipient address has null MX|The recipient's domain accepts no mail (5.1.10).",
                "5.2.2|554 5.2.2 mailbox full; STOREDRV.Deliver|The mailbox is full (5.2.2).",
                "5.2.2|550 5.2.2 Submission quota exceeded|The sender has sent more than a mailbox may (5.2.2).",
                "5.4.1|550 5.4.1 Recipient address rejected: Access denied|The address does not exist (5.4.1).",
                "5.4.1|550 5.4.1 Relay Access Denied|The server that was asked takes no mail for the recipient's domain (5.4.1).",
                "5.7.1|550 5.7.1 TRANSPORT.RULES.RejectMessage; text|A mail flow rule refused the message (5.7.1).",
                "5.7.1|530 5.7.1 Client was not authenticated|The recipient's server wants a sign-in before it takes the message (5.7.1).",
                "5.7.606|550 5.7.606-649 Access denied, banned sending IP|Microsoft has blocked the sending server (5.7.606).",
                "5.7.649|text|Microsoft has blocked the sending server (5.7.649).",
                "5.7.650|text|A rule or a security setting refused the message (5.7.650).",
                "5.7.912|text|A mail flow rule refused the message (5.7.912).",
                "4.7.850|text|Microsoft has limited the sending address for a while, as it looked suspicious (4.7.850).",
                "5.4.316|text|The next server refused the connection (5.4.316).",
                "5.4.399|text|The next server could not be reached (5.4.399).",
                "5.1.3|text|The address is not written correctly (5.1.3).",
                "5.6.99|text|Something is wrong with the content of the message (5.6.99)."
            })
    void saysWhatACodeMeansAndShowsIt(String code, String text, String said) {
        assertThat(failed(code, text).explanation()).isEqualTo(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5.9.9", "5.0.0", "4.0.17", "5.999.999"})
    void showsACodeThatNobodyExplains(String code) {
        assertThat(failed(code, "text").explanation())
                .isEqualTo("The reason is not one that Mailtrace knows (" + code + ").");
    }

    @Test
    void knowsTheOneFailureThatComesWithoutACode() {
        assertThat(FailureWords.failed(
                                Optional.empty(),
                                Optional.of("The sender's submission quota was exceeded"),
                                Optional.empty())
                        .explanation())
                .isEqualTo("The sender has sent more than a mailbox may.");
    }

    @Test
    void namesTheNextServerAndTheNumberOfAttempts() {
        // when
        Saying waiting = FailureWords.deferred(
                Optional.of("4.4.316"),
                Optional.of("450 4.4.316 Connection refused"),
                Optional.of("mx.fabrikam.example"),
                3);

        // then
        assertThat(waiting.explanation())
                .isEqualTo(
                        "Exchange Online has not been able to hand the message on yet and keeps trying (3 attempts so far)."
                                + " The next server refused the connection (4.4.316). The next server was mx.fabrikam.example."
                                + " The last attempt said: 450 4.4.316 Connection refused");
        assertThat(waiting.nextAction()).contains("Do not send it again");
    }

    @Test
    void hasASentenceAndAnActionInEveryRow() {
        // given
        List<FailureWords.Row> rows = FailureWords.table();

        // then
        assertThat(rows).hasSizeGreaterThan(80).allSatisfy(row -> {
            assertThat(row.saying().explanation()).endsWith(".");
            assertThat(row.saying().nextAction()).endsWith(".");
        });
        assertThat(FailureWords.fallbacks()).allSatisfy(row -> {
            assertThat(row.saying().explanation()).endsWith(".");
            assertThat(row.saying().nextAction()).endsWith(".");
        });
    }

    @Test
    void explainsNoCodeTwice() {
        // given
        Set<String> seen = new HashSet<>();

        // then
        for (FailureWords.Row row : FailureWords.table()) {
            for (String code : row.codes().split(", ", -1)) {
                assertThat(seen.add(code + " " + row.onlyWith())).as(code).isTrue();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4.3.2 thread limit",
                "4.4.7",
                "4.4.316",
                "4.5.3",
                "4.7.26",
                "4.7.321",
                "4.7.322",
                "4.7.323",
                "4.7.324",
                "4.7.325",
                "4.7.500",
                "4.7.699",
                "4.7.850",
                "4.7.899",
                "5.0.350",
                "5.1.0",
                "5.1.1",
                "5.1.8",
                "5.1.10",
                "5.1.90",
                "5.2.2",
                "5.2.121",
                "5.2.122",
                "5.3.190",
                "5.4.1",
                "5.4.6",
                "5.4.14",
                "5.4.300",
                "5.5.0 mailbox unavailable",
                "5.6.11",
                "5.7.1",
                "5.7.12",
                "5.7.23",
                "5.7.57",
                "5.7.64",
                "5.7.124",
                "5.7.133",
                "5.7.134",
                "5.7.13",
                "5.7.135",
                "5.7.136",
                "5.7.25",
                "5.7.321",
                "5.7.322",
                "5.7.323",
                "5.7.324",
                "5.7.325",
                "5.7.501",
                "5.7.502",
                "5.7.503",
                "5.7.504",
                "5.7.505",
                "5.7.506",
                "5.7.507",
                "5.7.508",
                "5.7.509",
                "5.7.510",
                "5.7.511",
                "5.7.512",
                "5.7.513",
                "5.7.606",
                "5.7.703",
                "5.7.705",
                "5.7.708",
                "5.7.750"
            })
    void knowsEveryCodeOfMicrosoftsTable(String codeAndText) {
        // given
        String code = codeAndText.split(" ", 2)[0];

        // then
        assertThat(FailureWords.isKnown(code, codeAndText)).as(code).isTrue();
    }

    private static Saying failed(String code, String text) {
        return FailureWords.failed(Optional.of(code), Optional.of(text), Optional.empty());
    }
}
