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
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.exo.Settings;
import org.mailtrace.exo.detail.DetailEvent;
import org.mailtrace.exo.words.StatusWords;

class RecipientReaderTest {
    private static final String ANA = "ana@rivercounty.example";
    private final RecipientReader reader = new RecipientReader(new Organisation(
            Settings.of(OrganisationSettings.class, Map.of("mailtrace.domains", "rivercounty.example"))));

    @ParameterizedTest
    @CsvSource({
        "delivered,DELIVERED",
        "Delivered,DELIVERED",
        "pending,IN_TRANSIT",
        "failed,FAILED",
        "expanded,EXPANDED",
        "quarantined,QUARANTINED",
        "filteredAsSpam,SPAM_FILTERED",
        "gettingStatus,IN_TRANSIT",
        "GettingStatus,IN_TRANSIT",
        "recalled,RECALLED",
        "resolved,RESOLVED",
        "none,UNKNOWN",
        "unknownFutureValue,UNKNOWN",
        "teleported,UNKNOWN"
    })
    void readsEveryStatusWithAnExplanationAndANextAction(String word, RecipientStatus expected) {
        // when
        Recipient recipient = reader.read(row(ANA, word), Optional.empty(), List.of());

        // then
        assertThat(recipient.status()).isEqualTo(expected);
        assertThat(recipient.rawStatus()).contains(word);
        assertThat(recipient.explanation()).endsWith(".");
        assertThat(recipient.nextAction()).isPresent();
    }

    @Test
    void saysThatTheFolderWasNotCheckedWithoutEvents() {
        assertThat(reader.read(row(ANA, "delivered"), Optional.empty(), List.of())
                        .explanation())
                .isEqualTo(StatusWords.DELIVERED_FOLDER_UNCHECKED.explanation());
    }

    @Test
    void neverCallsAForeignAddressDelivered() {
        assertThat(reader.read(row("max@fabrikam.example", "delivered"), Optional.empty(), List.of())
                        .status())
                .isEqualTo(RecipientStatus.PASSED_ON);
    }

    @Test
    void takesAFilledNextHopForAHandOff() {
        // when
        Recipient recipient = reader.read(
                row("sam@contoso.example", ANA, "delivered", Optional.empty(), Optional.of("198.51.100.9")),
                Optional.empty(),
                List.of());

        // then
        assertThat(recipient.status()).isEqualTo(RecipientStatus.PASSED_ON);
        assertThat(recipient.nextHop()).contains(new NextHop("198.51.100.9", Optional.empty()));
    }

    @Test
    void letsEventsTellJunkFromInbox() {
        assertThat(read("delivered", event(EventType.JUNK, "Deliver", "")).status())
                .isEqualTo(RecipientStatus.JUNKED);
        assertThat(read("filteredAsSpam", event(EventType.JUNK, "Deliver", "")).status())
                .isEqualTo(RecipientStatus.JUNKED);
    }

    @Test
    void namesTheHostThatAcceptedAndItsReply() {
        // when
        Recipient recipient = read(
                "delivered",
                event(
                        EventType.SEND,
                        "Send",
                        "Message transferred to: mx.fabrikam.example",
                        new NameValue("ServerHostName", "mx.fabrikam.example"),
                        new NameValue("SourceContext", "250 2.6.0 <a@contoso.example> Queued mail for delivery")));

        // then
        assertThat(recipient.status()).isEqualTo(RecipientStatus.PASSED_ON);
        assertThat(recipient.nextHop())
                .contains(new NextHop(
                        "mx.fabrikam.example", Optional.of("250 2.6.0 <a@contoso.example> Queued mail for delivery")));
    }

    @Test
    void followsAResolvedAddress() {
        // when
        Recipient recipient = read(
                "delivered",
                event(
                        EventType.RESOLVE,
                        "Resolved",
                        "ana@rivercounty.example to ana@rivercounty.mail.onmicrosoft.example from sam@contoso.example."));

        // then
        assertThat(recipient.status()).isEqualTo(RecipientStatus.RESOLVED);
        assertThat(recipient.relatedAddresses()).containsExactly("ana@rivercounty.mail.onmicrosoft.example");
    }

    @Test
    void seesAQuarantineBehindDelivered() {
        // when
        Recipient held = read("delivered", event(EventType.QUARANTINE, "Spam", "phish"));

        // then
        assertThat(held.status()).isEqualTo(RecipientStatus.QUARANTINED);
        assertThat(held.reason()).contains("phish");
        assertThat(held.quarantine().orElseThrow().state()).isEqualTo(QuarantineState.UNKNOWN);
    }

    @Test
    void seesADeliveryAfterAQuarantine() {
        assertThat(read(
                                "quarantined",
                                event(EventType.QUARANTINE, "Quarantine", ""),
                                event(EventType.DELIVER, "Deliver", ""))
                        .explanation())
                .isEqualTo(StatusWords.DELIVERED_AFTER_QUARANTINE.explanation());
    }

    @Test
    void saysWhyItFailed() {
        // when
        Recipient failed = read(
                "failed",
                event(EventType.FAIL, "Fail", "Reason: [{LED=550 5.1.10 RESOLVER.ADR.RecipientNotFound};{MSG=}]"));

        // then
        assertThat(failed.explanation()).isEqualTo("The address does not exist (5.1.10).");
        assertThat(failed.nextAction()).contains("Correct it and send again.");
        assertThat(failed.reason()).contains("550 5.1.10 RESOLVER.ADR.RecipientNotFound");
    }

    @Test
    void saysWhyItWaits() {
        // when
        Recipient waiting = read(
                "pending",
                event(
                        EventType.DEFER,
                        "Defer",
                        "Reason: [{LED=450 4.4.317 Cannot connect};{FQDN=mx.fabrikam.example}]"));

        // then
        assertThat(waiting.status()).isEqualTo(RecipientStatus.DEFERRED);
        assertThat(waiting.nextHop().orElseThrow().host()).isEqualTo("mx.fabrikam.example");
    }

    @Test
    void callsADropDiscarded() {
        assertThat(read("failed", event(EventType.DISCARD, "Drop", "")).status())
                .isEqualTo(RecipientStatus.DISCARDED);
    }

    @Test
    void listsCoRecipientsOfAGroupWithTheirDoubt() {
        // when
        Recipient group =
                reader.read(row("team@rivercounty.example", "expanded"), Optional.of(List.of()), List.of(ANA));

        // then
        assertThat(group.relatedAddresses()).containsExactly(ANA);
        assertThat(group.explanation()).contains("may include people who were addressed directly");
        assertThat(group.reason()).contains("members-guessed");
    }

    private Recipient read(String status, DetailEvent... events) {
        return reader.read(row(ANA, status), Optional.of(List.of(events)), List.of());
    }
}
