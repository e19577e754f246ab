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
        assertThat(read("quarantined", TestRows.event(1, "Quarantine", ""), TestRows.event(2, "Deliver", ""))
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
    void claimsNeitherOrderOfAQuarantineAndADeliveryInTheSameSecond() {
        for (String status : List.of("quarantined", "delivered")) {
            // when
            Recipient recipient = read(status, TestRows.event(1, "Quarantine", ""), TestRows.event(1, "Deliver", ""));

            // then
            assertThat(recipient.status()).isEqualTo(RecipientStatus.QUARANTINED);
            assertThat(recipient.explanation()).isEqualTo(StatusWords.QUARANTINED_OR_DELIVERED.explanation());
        }
    }

    @Test
    void believesAReleaseAndADeliveryInTheSameSecond() {
        assertThat(read(
                                "quarantined",
                                TestRows.event(1, "Quarantine", ""),
                                TestRows.event(1, "Release", ""),
                                TestRows.event(1, "Deliver", ""))
                        .status())
                .isEqualTo(RecipientStatus.DELIVERED);
    }

    @Test
    void doesNotTakeAReleaseForADelivery() {
        assertThat(read("quarantined", TestRows.event(1, "Quarantine", ""), TestRows.event(2, "Release", ""))
                        .status())
                .isEqualTo(RecipientStatus.IN_TRANSIT);
    }

    @Test
    void seesThatAMessageWasTakenOutOfTheMailboxIntoQuarantine() {
        // when
        Recipient recipient = read("delivered", TestRows.event(1, "Deliver", ""), TestRows.event(9, "Quarantine", ""));

        // then
        assertThat(recipient.status()).isEqualTo(RecipientStatus.QUARANTINED);
        assertThat(recipient.explanation()).contains("into the mailbox and moved it");
    }

    @Test
    void letsNoFailureTakeAMessageOutOfAMailbox() {
        // given
        DetailEvent deliver = TestRows.event(1, "Deliver", "");
        DetailEvent fail = TestRows.event(5, "Fail", "Reason: [{LED=550 5.1.10 RESOLVER.ADR.RecipientNotFound}]");

        // then
        assertThat(read("failed", deliver, fail).status()).isEqualTo(RecipientStatus.DELIVERED);
        assertThat(read("failed", deliver, fail).explanation())
                .isEqualTo(StatusWords.DELIVERED_THEN_FAILED.explanation());
        assertThat(read("delivered", deliver, fail).status()).isEqualTo(RecipientStatus.DELIVERED);
    }

    @Test
    void believesTheRowThatFailedRatherThanAHandOver() {
        assertThat(read("failed", TestRows.event(1, "Send", "to mx.fabrikam.example"))
                        .status())
                .isEqualTo(RecipientStatus.FAILED);
    }

    @Test
    void readsWhatBecameOfARowWhoseStatusLags() {
        assertThat(read("pending", TestRows.event(1, "Defer", ""), TestRows.event(2, "Deliver", ""))
                        .status())
                .isEqualTo(RecipientStatus.DELIVERED);
        assertThat(read("gettingStatus", TestRows.event(2, "Deliver", "")).status())
                .isEqualTo(RecipientStatus.DELIVERED);
        assertThat(read("pending", TestRows.event(1, "Send", ""), TestRows.event(2, "Defer", ""))
                        .status())
                .isEqualTo(RecipientStatus.DEFERRED);
    }

    @Test
    void countsSeveralDeferrals() {
        assertThat(read(
                                "pending",
                                TestRows.event(1, "Defer", "Reason: [{LED=450 4.4.315 Timed out}]"),
                                TestRows.event(2, "Defer", "Reason: [{LED=450 4.4.316 Refused}]"))
                        .explanation())
                .contains("(2 attempts so far)", "refused the connection (4.4.316)");
    }

    @ParameterizedTest
    @CsvSource({
        "ModeratorReject,REJECTED,moderation",
        "ModerationExpire,REJECTED,moderation",
        "Moderation,IN_TRANSIT,moderation",
        "ModeratorsAllNdr,IN_TRANSIT,moderation",
        "ModeratorApprove,IN_TRANSIT,"
    })
    void readsEveryEndOfAModeration(String event, RecipientStatus expected, String reason) {
        // when
        Recipient recipient = read("pending", TestRows.event(1, event, ""));

        // then
        assertThat(recipient.status()).isEqualTo(expected);
        assertThat(recipient.reason()).isEqualTo(Optional.ofNullable(reason));
    }

    @Test
    void blamesTheModeratorAndNotTheFailureThatFollows() {
        assertThat(read(
                                "failed",
                                TestRows.event(1, "ModeratorReject", ""),
                                TestRows.event(2, "Fail", "Reason: [{LED=550 5.7.1 text}]"))
                        .explanation())
                .isEqualTo(StatusWords.MODERATION_REFUSED.explanation());
    }

    @Test
    void letsADeliveryFollowAnApproval() {
        assertThat(read("delivered", TestRows.event(1, "ModeratorApprove", ""), TestRows.event(2, "Deliver", ""))
                        .status())
                .isEqualTo(RecipientStatus.DELIVERED);
    }

    @Test
    void knowsARuleThatDeletesByWhatItWrites() {
        // when
        Recipient recipient = read(
                "failed",
                TestRows.event(
                        1, "Fail", "Reason: [{LED=550 5.2.1 Message deleted by the transport rules agent};{MSG=}]"));

        // then
        assertThat(recipient.status()).isEqualTo(RecipientStatus.DISCARDED);
        assertThat(recipient.reason()).contains("rule");
        assertThat(recipient.explanation()).contains("nobody was told");
    }

    @Test
    void followsARuleThatRedirects() {
        // when
        Recipient recipient = read(
                "none", TestRows.event(1, "Transport rule", "Action: RedirectMessage, to ben@rivercounty.example"));

        // then
        assertThat(recipient.status()).isEqualTo(RecipientStatus.REDIRECTED);
        assertThat(recipient.relatedAddresses()).containsExactly("ben@rivercounty.example");
    }

    @Test
    void blamesNoRuleThatMerelyMatched() {
        assertThat(read(
                                "quarantined",
                                TestRows.event(1, "Transport rule", "Action: ApplyHtmlDisclaimer"),
                                TestRows.event(1, "Spam", "Spam confidence level: 9"),
                                TestRows.event(2, "Quarantine", ""))
                        .reason())
                .contains("spam");
        assertThat(read(
                                "quarantined",
                                TestRows.event(1, "Transport rule", "Rule: spam training, Action: ApplyHtmlDisclaimer"),
                                TestRows.event(2, "Quarantine", ""))
                        .reason())
                .isEmpty();
    }

    @Test
    void namesWhatTheFiltersFoundWhenNoEventSaysWhatFollowed() {
        // given
        DetailEvent malware = TestRows.event(1, "Malware", "Worm was detected in attachment file.zip");

        // then
        assertThat(read("quarantined", malware).reason()).contains("malware");
        assertThat(read("failed", malware).explanation()).isEqualTo("The filters took the message for malware.");
        assertThat(read("failed", TestRows.event(1, "Fail", "")).explanation()).contains("do not say why");
    }

    @Test
    void claimsNoSameMailboxForAnAddressThatIsNotNamed() {
        assertThat(read("delivered", TestRows.event(1, "Resolved", "")).explanation())
                .contains("not named here");
        assertThat(reader.read(row(ANA, "Resolved"), Optional.empty(), List.of())
                        .explanation())
                .contains("not named here");
    }

    @Test
    void warnsOfADangerousQuarantine() {
        assertThat(read("quarantined", TestRows.event(1, "Malware", "sent to quarantine"))
                        .nextAction())
                .contains("Do not release it; ask the security team.");
    }

    @Test
    void leadsAMailContactToSomebodyElse() {
        // when
        Recipient recipient = read("delivered", TestRows.event(1, "Resolved", "to ana@fabrikam.example"));

        // then
        assertThat(recipient.status()).isEqualTo(RecipientStatus.REDIRECTED);
        assertThat(recipient.relatedAddresses()).containsExactly("ana@fabrikam.example");
    }

    @Test
    void keepsADeliveryBesideAForwardedCopy() {
        // when
        Recipient recipient = read(
                "delivered",
                TestRows.event(1, "Redirect", "to ben@rivercounty.example"),
                TestRows.event(2, "Deliver", ""));

        // then
        assertThat(recipient.status()).isEqualTo(RecipientStatus.DELIVERED);
        assertThat(recipient.relatedAddresses()).containsExactly("ben@rivercounty.example");
    }

    @Test
    void followsTheAddressThatARowWithATargetsFailureBecame() {
        assertThat(read("failed", TestRows.event(1, "Resolved", "to ana.m@rivercounty.example"))
                        .status())
                .isEqualTo(RecipientStatus.RESOLVED);
    }

    @Test
    void takesNoMessageIdForAnAddress() {
        assertThat(read("delivered", TestRows.event(1, "Redirect", "<a@contoso.example> to ben@rivercounty.example"))
                        .relatedAddresses())
                .containsExactly("ben@rivercounty.example");
    }

    @Test
    void keepsARecallWhateverTheEventsSay() {
        assertThat(read("recalled", TestRows.event(1, "Deliver", "")).status()).isEqualTo(RecipientStatus.RECALLED);
        assertThat(read("delivered", TestRows.event(1, "Deliver", ""), TestRows.event(1, "Recall", ""))
                        .status())
                .isEqualTo(RecipientStatus.RECALLED);
    }

    @Test
    void saysOfEveryRecipientWhoseEventsWereNotReadThatTheyWereNot() {
        for (String status : List.of("delivered", "failed", "pending", "quarantined", "expanded", "filteredAsSpam")) {
            assertThat(reader.read(row(ANA, status), Optional.empty(), List.of())
                            .explanation())
                    .as(status)
                    .containsAnyOf("not read", "not checked");
        }
    }

    @Test
    void keepsWhatASpamFilterSentOutAllTheSame() {
        assertThat(read("filteredAsSpam", TestRows.event(1, "Send", "to mx.fabrikam.example"))
                        .status())
                .isEqualTo(RecipientStatus.PASSED_ON);
        assertThat(read("filteredAsSpam", TestRows.event(1, "Drop", "")).status())
                .isEqualTo(RecipientStatus.SPAM_FILTERED);
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
