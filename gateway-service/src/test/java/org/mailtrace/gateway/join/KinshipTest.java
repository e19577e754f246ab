package org.mailtrace.gateway.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.mailtrace.gateway.Flow.ANA;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.RelatedMessage;
import org.mailtrace.contract.RelatedMessage.Relation;
import org.mailtrace.gateway.Flow;

class KinshipTest {
    private static final String LETTER = "<letter@rivercounty.example>";
    private static final String REPORT = "<report@exch01.rivercounty.example>";

    @Test
    void aReportBelongsToTheMessageWhoseRecordNamesIt() {
        // given
        Message letter = message(LETTER, "carla@rivercounty.example", related(REPORT, Relation.DELIVERY_REPORT));
        Message report = message(REPORT, "<>", "carla@rivercounty.example");
        Kinship kinship = new Kinship(List.of(letter, report));

        // then
        assertThat(kinship.of(letter))
                .containsExactly(
                        new Kinship.Link("house", REPORT, Relation.DELIVERY_REPORT, Optional.of("It says so.")));
        assertThat(kinship.theOne(REPORT)).contains(report);
        assertThat(kinship.followers(List.of(letter, report))).containsExactly(report);
    }

    @Test
    void aRecordOfTheReportIsEnough() {
        // given
        Message letter = message(LETTER, "carla@rivercounty.example");
        Message report = message(REPORT, "<>", related(LETTER, Relation.ORIGINAL));
        Message copy = message("<copy@x.example>", "journal@x.example", related(LETTER, Relation.ORIGINAL));
        Kinship kinship = new Kinship(List.of(letter, report, copy));

        // then
        assertThat(kinship.of(letter))
                .extracting(Kinship.Link::other, Kinship.Link::relation)
                .containsExactly(tuple(REPORT, Relation.DERIVED), tuple("<copy@x.example>", Relation.DERIVED));
        assertThat(kinship.of(report)).extracting(Kinship.Link::relation).containsExactly(Relation.ORIGINAL);
        assertThat(kinship.followers(List.of(letter, report, copy))).containsExactlyInAnyOrder(report, copy);
        assertThat(kinship.followers(List.of(report, copy)))
                .as("without the letter")
                .isEmpty();
    }

    @Test
    void likenessAloneMakesNoRelation() {
        // given
        Message letter = message(LETTER, "carla@rivercounty.example");
        Message report = message(REPORT, "<>");

        // then
        assertThat(new Kinship(List.of(letter, report)).of(letter)).isEmpty();
        assertThat(new Kinship(List.of(letter, report)).followers(List.of(letter, report)))
                .isEmpty();
    }

    @Test
    void aReportWhoseMessageWasNotFoundIsNobodysFollower() {
        // given
        Message report = message(REPORT, "<>", related(LETTER, Relation.ORIGINAL));
        Kinship kinship = new Kinship(List.of(report));

        // then
        assertThat(kinship.followers(List.of(report))).isEmpty();
        assertThat(kinship.of(report)).extracting(Kinship.Link::other).containsExactly(LETTER);
        assertThat(kinship.isKnown(LETTER)).isFalse();
    }

    @Test
    void anIdThatSeveralMessagesHaveMeansNoneOfThem() {
        // given
        Message once = message(REPORT, "<>");
        Message again = message(REPORT, "sam@contoso.example");

        // then
        assertThat(new Kinship(List.of(once, again)).theOne(REPORT)).isEmpty();
    }

    @Test
    void aJournalCopyWithTheNullSenderIsNotCalledADeliveryReport() {
        // given
        Message letter = message(LETTER, "carla@rivercounty.example");
        Message copy = message("<copy@x.example>", "<>", "journal@x.example", related(LETTER, Relation.ORIGINAL));

        // then
        assertThat(new Kinship(List.of(letter, copy)).of(letter))
                .extracting(Kinship.Link::relation)
                .containsExactly(Relation.DERIVED);
    }

    @Test
    void whoeverUsesTheIdOfAReportAgainHidesNothing() {
        // given
        Message first = message(LETTER, "sam@contoso.example", related(REPORT, Relation.DELIVERY_REPORT));
        Message second = message(REPORT, "sam@contoso.example", ANA);
        Message withoutSender = message(REPORT, "<>", ANA);

        // then
        for (Message later : List.of(second, withoutSender)) {
            assertThat(new Kinship(List.of(first, later)).followers(List.of(first, later)))
                    .isEmpty();
        }
    }

    @Test
    void ofAnIdThatSeveralMessagesHaveNothingIsHidden() {
        // given
        Message first = message(LETTER, "sam@contoso.example", related(REPORT, Relation.DERIVED));
        Message made = message(REPORT, "sam@contoso.example", ANA);
        Message other = message(REPORT, "tom@contoso.example", "eve@rivercounty.example");
        Kinship kinship = new Kinship(List.of(first, made, other));

        // then
        assertThat(kinship.followers(List.of(first, made)))
                .as("the other one was found, but not asked for")
                .isEmpty();
    }

    @Test
    void aReportIsToldOnlyOfTheBearerOfAnIdWhoseOwnRecordNamesIt() {
        // given
        Message failed = message(LETTER, "carla@rivercounty.example", related(REPORT, Relation.DELIVERY_REPORT));
        Message again = message(LETTER, "carla@rivercounty.example", ANA);
        Message report = message(REPORT, "<>", "carla@rivercounty.example", related(LETTER, Relation.ORIGINAL));
        Kinship kinship = new Kinship(List.of(failed, again, report));

        // then
        assertThat(kinship.of(failed)).extracting(Kinship.Link::other).containsExactly(REPORT);
        assertThat(kinship.of(again)).isEmpty();
    }

    private static RelatedMessage related(String id, Relation relation) {
        return new RelatedMessage(id, relation, "It says so.");
    }

    private static Message message(String id, String sender, RelatedMessage... related) {
        return message(id, sender, "eve@rivercounty.example", related);
    }

    private static Message message(String id, String sender, String recipient, RelatedMessage... related) {
        Observation seen = Flow.observation(
                "house",
                100,
                Optional.of(id),
                Optional.empty(),
                true,
                Flow.row(recipient, RecipientStatus.DELIVERED, 100, Optional.empty(), List.of(), Optional.empty()));
        return new Message(
                List.of(new Sighting(
                        "house",
                        new Observation(
                                id,
                                seen.messageId(),
                                seen.networkMessageId(),
                                Optional.of(sender),
                                seen.headerFrom(),
                                seen.subject(),
                                seen.sizeBytes(),
                                seen.firstSeen(),
                                seen.lastSeen(),
                                seen.origin(),
                                seen.direction(),
                                seen.clientIp(),
                                seen.recipientCount(),
                                seen.recipientsComplete(),
                                seen.detailsFetched(),
                                seen.recipients(),
                                seen.events(),
                                List.of(related),
                                seen.consoleUrl()))),
                List.of());
    }
}
