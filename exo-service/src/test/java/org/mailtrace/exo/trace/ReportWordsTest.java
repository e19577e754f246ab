package org.mailtrace.exo.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.exo.trace.TestRows.event;
import static org.mailtrace.exo.trace.TestRows.row;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NameValue;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.words.StatusWords;

/** The words that the reports of a historical search have for what became of a recipient. */
class ReportWordsTest {
    private static final String ANA = "ana@rivercounty.example";
    private final RecipientReader reader = new RecipientReader(new Organisation(
            Settings.of(OrganisationSettings.class, Map.of("mailtrace.domains", "rivercounty.example"))));

    @ParameterizedTest
    @CsvSource({
        "'Receive, Deliver',DELIVERED",
        "'Receive, Defer, Deliver',DELIVERED",
        "'Receive, Send',PASSED_ON",
        "'Receive, Fail',FAILED",
        "'Receive, Expand',EXPANDED",
        "'Receive, Resolve',RESOLVED",
        "'Receive, Redirect',REDIRECTED",
        "'Receive, Defer',IN_TRANSIT",
        "'receive,fail',FAILED",
        "Receive,IN_TRANSIT",
        "'Receive, Teleport',UNKNOWN",
        "DELIVER,DELIVERED",
        "SENDEXTERNAL,PASSED_ON",
        "FAIL,FAILED",
        "MODERATORREJECT,REJECTED",
        "TELEPORT,UNKNOWN"
    })
    void readsTheLastOfTheEventsThatTheReportNames(String words, RecipientStatus expected) {
        // when
        Recipient recipient = reader.read(row(ANA, words), Optional.empty(), List.of());

        // then
        assertThat(recipient.status()).isEqualTo(expected);
        assertThat(recipient.rawStatus()).contains(words);
        assertThat(recipient.explanation()).endsWith(".");
    }

    @Test
    void claimsNoFolderWithoutEvents() {
        assertThat(reader.read(row(ANA, "Receive, Deliver"), Optional.empty(), List.of())
                        .explanation())
                .isEqualTo(StatusWords.DELIVERED_FOLDER_UNCHECKED.explanation());
    }

    @Test
    void namesTheServerThatAcceptedItIfAnEventDoes() {
        // when
        Recipient recipient = reader.read(
                row("mia@fabrikam.example", "SENDEXTERNAL"),
                Optional.of(List.of(event(
                        EventType.SEND,
                        "SENDEXTERNAL",
                        ";250 2.6.0 queued",
                        new NameValue("ServerHostName", "mx.fabrikam.example")))),
                List.of());

        // then
        assertThat(recipient.status()).isEqualTo(RecipientStatus.PASSED_ON);
        assertThat(recipient.nextHop()).contains(new NextHop("mx.fabrikam.example", Optional.of("250 2.6.0 queued")));
    }
}
