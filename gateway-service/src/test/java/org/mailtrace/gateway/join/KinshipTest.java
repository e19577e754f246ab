package org.mailtrace.gateway.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Observation;
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
        Message report = message(REPORT, "<>");
        Kinship kinship = new Kinship(List.of(letter, report));

        // then
        assertThat(kinship.of(letter))
                .containsExactly(
                        new Kinship.Link("house", REPORT, Relation.DELIVERY_REPORT, Optional.of("It says so.")));
        assertThat(kinship.theOne(REPORT)).contains(report);
        assertThat(kinship.followers()).containsExactly(report);
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
                .containsExactly(tuple(REPORT, Relation.DELIVERY_REPORT), tuple("<copy@x.example>", Relation.DERIVED));
        assertThat(kinship.of(report)).extracting(Kinship.Link::relation).containsExactly(Relation.ORIGINAL);
        assertThat(kinship.followers()).containsExactlyInAnyOrder(report, copy);
    }

    @Test
    void likenessAloneMakesNoRelation() {
        // given
        Message letter = message(LETTER, "carla@rivercounty.example");
        Message report = message(REPORT, "<>");

        // then
        assertThat(new Kinship(List.of(letter, report)).of(letter)).isEmpty();
        assertThat(new Kinship(List.of(letter, report)).followers()).isEmpty();
    }

    @Test
    void aReportWhoseMessageWasNotFoundIsNobodysFollower() {
        // given
        Message report = message(REPORT, "<>", related(LETTER, Relation.ORIGINAL));
        Kinship kinship = new Kinship(List.of(report));

        // then
        assertThat(kinship.followers()).isEmpty();
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

    private static RelatedMessage related(String id, Relation relation) {
        return new RelatedMessage(id, relation, "It says so.");
    }

    private static Message message(String id, String sender, RelatedMessage... related) {
        Observation seen = Flow.observation("house", 100, Optional.of(id), Optional.empty(), true);
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
