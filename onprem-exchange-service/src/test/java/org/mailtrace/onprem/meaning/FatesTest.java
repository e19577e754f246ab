package org.mailtrace.onprem.meaning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.mailtrace.onprem.meaning.MessageFixture.ANA;
import static org.mailtrace.onprem.meaning.MessageFixture.BO;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.RelatedMessage;
import org.mailtrace.contract.RelatedMessage.Relation;

class FatesTest {
    private final MessageFixture message = new MessageFixture();

    @Test
    void blamesNobodyWithAReplyThatMayBeSomebodyElses() {
        // given
        row(0, "SMTP", "FAIL", "recipient-address", ANA + ";" + BO, "recipient-status", "550 5.1.1 User unknown");

        // when, then
        for (String address : new String[] {ANA, BO}) {
            assertThat(message.recipient(address).status()).isEqualTo(RecipientStatus.FAILED);
            assertThat(message.recipient(address).reason()).isEmpty();
            assertThat(message.recipient(address).explanation())
                    .doesNotContain("5.1.1")
                    .contains("does not tell which of them belongs to this recipient");
        }
        assertThat(message.sentences("FAIL")).containsExactly("Failed for good.", "Failed for good.");
    }

    @Test
    void quotesInEachEventTheReplyOfItsOwnRecipient() {
        // given
        row(
                0,
                "SMTP",
                "FAIL",
                "recipient-address",
                ANA + ";" + BO,
                "recipient-status",
                "[{LED=550 5.1.10 not found; really};{MSG=}];[{LED=554 5.4.14 Hop count};{MSG=}]",
                "reference",
                "<report@exch01.rivercounty.example>");

        // when, then
        assertThat(message.sentences("FAIL"))
                .containsExactly(
                        "Failed for good: 550 5.1.10 not found; really.", "Failed for good: 554 5.4.14 Hop count.");
        assertThat(message.recipient(ANA).explanation()).contains("A delivery report was made");
        assertThat(message.observation().relatedMessages())
                .extracting(RelatedMessage::messageId, RelatedMessage::relation)
                .containsExactly(tuple("<report@exch01.rivercounty.example>", Relation.DELIVERY_REPORT));
    }

    @Test
    void concludesNothingFromAWordThatNobodyKnows() {
        // given
        row(0, "SMTP", "RECEIVE", "recipient-address", ANA);
        row(1, "SMTP", "NEWEVENT", "recipient-address", ANA);

        // when, then
        assertThat(message.recipient(ANA).status()).isEqualTo(RecipientStatus.IN_TRANSIT);
        assertThat(message.recipient(ANA).explanation()).contains("A later record says NEWEVENT");
        assertThat(message.sentences("NEWEVENT")).first().asString().contains("NEWEVENT");
    }

    @Test
    void callsASecondDeliveryOfTheSameMessageWhatItIs() {
        // given
        row(0, "STOREDRIVER", "DELIVER", "recipient-address", ANA);
        row(1, "STOREDRIVER", "DUPLICATEDELIVER", "recipient-address", ANA);
        row(2, "STOREDRIVER", "DUPLICATEDELIVER", "recipient-address", BO);

        // when, then
        assertThat(message.recipient(ANA).rawStatus()).contains("DELIVER");
        assertThat(message.recipient(ANA).reason()).isEmpty();
        assertThat(message.recipient(BO).reason()).contains("duplicate");
    }

    @Test
    void lendsADuplicateMemberToItsGroupAndLeavesItsFateAlone() {
        // given
        row(0, "SMTP", "DEFER", "recipient-address", ANA);
        row(
                1,
                "ROUTING",
                "DUPLICATEEXPAND",
                "recipient-address",
                ANA,
                "related-recipient-address",
                "team@rivercounty.example");

        // when, then
        assertThat(message.recipient(ANA).status()).isEqualTo(RecipientStatus.DEFERRED);
        assertThat(message.recipient("team@rivercounty.example").relatedAddresses())
                .containsExactly(ANA);
    }

    @Test
    void saysThatAnotherTryFollowedAFailedSubmission() {
        // given
        row(0, "STOREDRIVER", "SUBMITFAIL", "recipient-address", ANA);
        row(1, "SMTP", "RECEIVE", "recipient-address", ANA);

        // when, then
        assertThat(message.recipient(ANA).status()).isEqualTo(RecipientStatus.IN_TRANSIT);
    }

    @Test
    void quotesTheReasonOfAThrottledMessage() {
        // given
        row(0, "SMTP", "THROTTLE", "recipient-address", ANA, "reference", "MessageRateExceeded");

        // when, then
        assertThat(message.recipient(ANA).explanation()).contains("MessageRateExceeded");
    }

    @Test
    void notesAMissingSafetyCopyOnceAndDiscreetly() {
        // given
        row(0, "SMTP", "RECEIVE", "recipient-address", ANA);
        row(1, "SMTP", "HAREDIRECTFAIL", "recipient-address", ANA, "source-context", "No suitable shadow servers");
        row(2, "SMTP", "HAREDIRECTFAIL", "recipient-address", ANA, "source-context", "No suitable shadow servers");
        row(3, "STOREDRIVER", "DELIVER", "recipient-address", ANA);

        // when
        Observation observation = message.observation();

        // then
        assertThat(message.recipient(ANA).status()).isEqualTo(RecipientStatus.DELIVERED);
        assertThat(observation.events()).hasSize(3);
        assertThat(observation.events().get(1).type()).isEqualTo(EventType.OTHER);
        assertThat(observation.events().get(1).recipient()).isEmpty();
        assertThat(message.sentences("HAREDIRECTFAIL"))
                .singleElement()
                .asString()
                .contains("does not affect delivery");
        assertThat(new Observations(MessageFixture.SITE)
                        .whole(message.message(), true)
                        .events())
                .hasSize(4);
    }

    @Test
    void linksAReportToItsOriginalBothWays() {
        // given
        MessageFixture report = new MessageFixture()
                .row(
                        "EXCH01",
                        3,
                        "DSN",
                        "DSN",
                        "message-id",
                        "<report@exch01.rivercounty.example>",
                        "reference",
                        MessageFixture.MESSAGE_ID,
                        "return-path",
                        "<>",
                        "recipient-address",
                        "sam@contoso.example");
        row(0, "SMTP", "RECEIVE", "recipient-address", ANA);

        // when
        Observation original =
                new Observations(MessageFixture.SITE).whole(message.message(), List.of(report.message()), false);

        // then
        assertThat(report.observation().relatedMessages())
                .extracting(RelatedMessage::relation)
                .containsExactly(Relation.ORIGINAL);
        assertThat(report.recipient("sam@contoso.example").status()).isEqualTo(RecipientStatus.IN_TRANSIT);
        assertThat(original.relatedMessages())
                .extracting(RelatedMessage::relation)
                .containsExactly(Relation.DELIVERY_REPORT);
    }

    @Test
    void linksWhatAnInboxRuleMadeToItsCause() {
        // given
        row(0, "SMTP", "RECEIVE", "recipient-address", ANA);
        MessageFixture made = new MessageFixture()
                .row(
                        "EXCH01",
                        3,
                        "MAILBOXRULE",
                        "RECEIVE",
                        "message-id",
                        "<rule@exch01.rivercounty.example>",
                        "reference",
                        MessageFixture.MESSAGE_ID,
                        "recipient-address",
                        BO);

        // when
        Observation cause =
                new Observations(MessageFixture.SITE).whole(message.message(), List.of(made.message()), false);

        // then
        assertThat(made.observation().relatedMessages()).singleElement().satisfies(related -> {
            assertThat(related.relation()).isEqualTo(Relation.ORIGINAL);
            assertThat(related.text()).contains("inbox rule");
        });
        assertThat(made.sentences("RECEIVE")).containsExactly("Made by an inbox rule on EXCH01.");
        assertThat(cause.relatedMessages()).extracting(RelatedMessage::relation).containsExactly(Relation.DERIVED);
    }

    @Test
    void saysFromWhichCopyAForkOrARulesMessageWasMade() {
        // given
        row(0, "ROUTING", "TRANSFER", "recipient-address", ANA, "reference", "25769803776");
        row(1, "MAILBOXRULE", "RECEIVE", "recipient-address", BO, "reference", "25769803777");

        // when, then
        assertThat(message.sentences("TRANSFER"))
                .containsExactly("Some recipients went on in a copy of the message: it was made from the one with the"
                        + " internal id 25769803776.");
        assertThat(message.sentences("RECEIVE")).first().asString().contains("internal id 25769803777 there");
        assertThat(message.observation().relatedMessages()).isEmpty();
    }

    @Test
    void readsVeryManyRecipientsInOnePass() {
        // given
        String members = IntStream.range(0, 20_000)
                .mapToObj(i -> "member" + i + "@rivercounty.example")
                .collect(Collectors.joining(";"));
        String replies = String.join(";", Collections.nCopies(20_000, "[{LED=550 5.2.2 full; really};{MSG=}]"));
        for (int i = 0; i < 3; i++) {
            row(
                    i,
                    "ROUTING",
                    "EXPAND",
                    "recipient-address",
                    members,
                    "related-recipient-address",
                    "all@rivercounty.example");
        }
        row(4, "SMTP", "FAIL", "recipient-address", members, "recipient-status", replies);

        // when
        Observation observation = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> message.observation());

        // then
        assertThat(observation.recipients()).hasSize(20_001);
        assertThat(observation.recipients().getLast().reason()).contains("550 5.2.2 full; really");
    }

    private void row(long second, String source, String event, String... pairs) {
        message.row("EXCH01", second, source, event, pairs);
    }
}
