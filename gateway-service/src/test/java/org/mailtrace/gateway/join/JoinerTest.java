package org.mailtrace.gateway.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.Flow.ANA;
import static org.mailtrace.gateway.Flow.ID;
import static org.mailtrace.gateway.Flow.held;
import static org.mailtrace.gateway.Flow.is;
import static org.mailtrace.gateway.Flow.observation;
import static org.mailtrace.gateway.Flow.passedTo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.Flow;

class JoinerTest {
    private static final String BEN = "ben@rivercounty.example";
    private static final String CARLA = "carla@rivercounty.example";

    private final Joiner joiner = new Joiner(Duration.ofDays(5), new NextHops(Flow.settings()));

    @Test
    void joinsByMessageIdWhateverItsCaseAndBrackets() {
        // given
        Sighting edge = seen("edge", 100, "<ABC@contoso.example>", passed(100));
        Sighting cloud = seen("cloud", 99, "abc@contoso.example", is(RecipientStatus.DELIVERED, 99));

        // then
        assertThat(joiner.join(List.of(edge, cloud))).singleElement().satisfies(message -> {
            assertThat(message.sightings()).hasSize(2);
            assertThat(message.by()).containsExactly("message-id");
        });
    }

    @Test
    void countsTheSameObservationOnce() {
        // given
        Sighting edge = seen("edge", 100, ID, passed(100));

        // then
        assertThat(joiner.join(List.of(edge, edge, edge)))
                .singleElement()
                .satisfies(message -> assertThat(message.sightings()).hasSize(1));
    }

    @Test
    void tellsResendsWithTheSameMessageIdApart() {
        // given
        List<Sighting> sightings = new ArrayList<>(List.of(
                seen("edge", 300, ID, passed(300)),
                seen("cloud", 299, ID, is(RecipientStatus.DELIVERED, 299)),
                seen("edge", 100, ID, passed(100)),
                seen("cloud", 99, ID, is(RecipientStatus.JUNKED, 99))));

        for (int seed = 0; seed < 24; seed++) {
            // when
            Collections.shuffle(sightings, new Random(seed));
            List<Message> messages = joiner.join(sightings);

            // then
            assertThat(messages).hasSize(2);
            assertThat(messages.getFirst().wordsOn(ANA).stream().map(Word::status))
                    .contains(RecipientStatus.JUNKED)
                    .doesNotContain(RecipientStatus.DELIVERED);
        }
    }

    @Test
    void whatHasAnotherSubjectIsNoPartOfTheMessageThatAFilterSplit() {
        // given
        Sighting invoice = outside(seen("edge", 100, ID, passed(100)));
        Sighting roster =
                about("Roster", called("edge-other", outside(seen("edge", 100, ID, delivered("eve@x.example", 100)))));
        Sighting part = called("edge-part", outside(seen("edge", 100, ID, delivered("fay@x.example", 100))));

        // then
        assertThat(joiner.join(List.of(invoice, roster))).hasSize(2);
        assertThat(joiner.join(List.of(invoice, part))).hasSize(1);
    }

    @Test
    void tellsMessagesOfDifferentSendersWithTheSameMessageIdApart() {
        // given
        Sighting one = seen("edge", 100, ID, passed(100));
        Sighting other = new Sighting(
                "edge",
                from("eve@elsewhere.example", seen("edge", 98, ID, passed(98)).observation()));

        // then
        assertThat(joiner.join(List.of(one, other))).hasSize(2);
    }

    @Test
    void tellsMessagesToDifferentPeopleWithOtherSubjectsApart() {
        // given
        Sighting toAna = seen("edge", 100, ID, passedTo(ANA, "mx.elsewhere.example", "250 ok", 100));
        Sighting toBen = about("Roster", seen("cloud", 100, ID, passedTo(BEN, "mx.elsewhere.example", "250 ok", 100)));

        // then
        assertThat(joiner.join(List.of(toAna, toBen))).hasSize(2);
    }

    @Test
    void keepsAMessageTogetherWhoseSubjectWasMarkedOrCutOnTheWay() {
        // given
        Sighting marked = about(
                "[EXTERNAL] Quarterly report",
                seen("edge", 100, ID, passedTo(ANA, "mx.elsewhere.example", "250 ok", 100)));
        Sighting cut = about("quarterly", seen("cloud", 99, ID, passedTo(BEN, "mx.elsewhere.example", "250 ok", 99)));

        // then
        assertThat(joiner.join(List.of(marked, cut))).hasSize(1);
    }

    @Test
    void keepsAReleaseWithTheMessageThatWasHeld() {
        // given
        Sighting first = seen("edge", 600, ID, held(QuarantineState.GONE));
        Sighting released = seen("edge", 100, ID, passed(100));

        // then
        assertThat(joiner.join(List.of(released, first))).hasSize(1);
    }

    @Test
    void whatComesFromOutsideTwiceWithinAnHourIsTwoMessages() {
        // given
        Sighting first = outside(seen("edge", 120, ID, held(QuarantineState.PRESENT)));
        Sighting second = outside(seen("edge", 110, ID, passed(110)));

        // then
        assertThat(joiner.join(List.of(first, second))).hasSize(2);
    }

    @Test
    void whoWasPutOffComesAgainWithTheSameMessage() {
        // given
        Sighting first = outside(seen("edge", 200, ID, is(RecipientStatus.DEFERRED, 200)));
        Sighting second = outside(seen("edge", 110, ID, passed(110)));

        // then
        assertThat(joiner.join(List.of(first, second))).hasSize(1);
    }

    @Test
    void whatWaitsForTheNextHostWasTakenAndTheNextFromOutsideIsAnother() {
        // given
        Recipient waits = Flow.row(
                ANA,
                RecipientStatus.DEFERRED,
                110,
                Optional.of(new NextHop("in.cloud.example", Optional.empty())),
                List.of(),
                Optional.empty());
        Sighting first = outside(seen("edge", 120, ID, waits));
        Sighting second = outside(seen("edge", 110, ID, passed(110)));

        // then
        assertThat(joiner.join(List.of(first, second))).hasSize(2);
    }

    @Test
    void twoNetworkMessageIdsAreTwoMessagesAlsoInTwoSources() {
        // given
        Sighting house = new Sighting("house", numbered(1, seen("house", 100, ID, delivered(ANA, 100))));
        Sighting cloud = new Sighting("cloud", numbered(2, seen("cloud", 99, ID, delivered(ANA, 99))));

        // then
        assertThat(joiner.join(List.of(house, cloud))).hasSize(2);
    }

    @Test
    void whatOneOfOursHandsBackIsTheSameMessageHoweverLateAndWhatEndedIsNot() {
        // given
        Sighting first = outside(seen("edge", 300, ID, passed(300)));
        Sighting again = ours(seen("edge", 100, ID, passed(100)));
        Sighting leaves = ours(seen("edge", 300, ID, passedTo(ANA, "mail.contoso.example", "250 ok", 300)));
        Sighting leavesAgain = ours(seen("edge", 290, ID, passedTo(ANA, "mail.contoso.example", "250 ok", 290)));

        // then
        assertThat(joiner.join(List.of(first, again))).hasSize(1);
        assertThat(joiner.join(List.of(leaves, leavesAgain))).hasSize(2);
    }

    @Test
    void oneIdForTwoPeopleIsTwoMessagesAndEachKeepsItsOwn() {
        // given
        List<Sighting> sightings = new ArrayList<>(List.of(
                outside(seen("edge", 100, ID, passed(100))),
                outside(seen("edge", 99, ID, passedTo(BEN, "in.cloud.example", "250 ok", 99))),
                new Sighting("cloud", numbered(1, seen("cloud", 96, ID, delivered(ANA, 96)))),
                new Sighting("cloud", numbered(2, seen("cloud", 95, ID, delivered(BEN, 95))))));

        for (int seed = 0; seed < 24; seed++) {
            // when
            Collections.shuffle(sightings, new Random(seed));

            // then
            assertThat(joiner.join(sightings)).hasSize(2).allSatisfy(message -> {
                assertThat(message.recipients()).hasSize(1);
                assertThat(message.sightings()).hasSize(2);
            });
        }
    }

    @Test
    void aMessageThatIsHandedOverInTwoTransactionsIsOneThoughTheNextSourceGaveEachAnId() {
        // given
        List<Sighting> sightings = new ArrayList<>(List.of(
                outside(seen("edge", 100, ID, passed(100))),
                called("edge-split", outside(seen("edge", 100, ID, toBen(100)))),
                ours(new Sighting("cloud", numbered(1, seen("cloud", 96, ID, delivered(ANA, 96))))),
                ours(new Sighting("cloud", numbered(2, seen("cloud", 95, ID, delivered(BEN, 95)))))));

        for (int seed = 0; seed < 24; seed++) {
            // when
            Collections.shuffle(sightings, new Random(seed));

            // then
            assertThat(joiner.join(sightings))
                    .singleElement()
                    .satisfies(message -> assertThat(message.sightings()).hasSize(4));
        }
    }

    @Test
    void theSecondTransactionMayComeAnHourLaterOrInAnotherSystem() {
        // given
        Sighting split = outside(seen("edge", 100, ID, passed(100), toBen(100)));
        Sighting house = ours("house", 1, seen("house", 98, ID, delivered(ANA, 98)));
        Sighting atOnce = ours(new Sighting("cloud", numbered(1, seen("cloud", 99, ID, delivered(ANA, 99)))));
        Sighting later = ours(new Sighting("cloud", numbered(2, seen("cloud", 30, ID, delivered(BEN, 30)))));
        Sighting toTheHouse =
                outside(seen("edge", 100, ID, passedTo(ANA, "exch01.rivercounty.example", "250 ok", 100), toBen(100)));

        // then
        assertThat(joiner.join(List.of(split, atOnce, later))).hasSize(1);
        assertThat(joiner.join(List.of(house, later, toTheHouse))).hasSize(1);
    }

    @Test
    void aSecondTransactionGoesWithWhatWasHandedOverThenAndNotWithAResendNearby() {
        // given a message of which ben's part waited, and a resend that went elsewhere just after it went on
        Sighting first = called("first", outside(seen("edge", 130, ID, passed(130), toBen(112))));
        Sighting resend = called(
                "resend", outside(seen("edge", 110, ID, passedTo(BEN, "exch01.rivercounty.example", "250 ok", 110))));
        Sighting toAna = ours(new Sighting("cloud", numbered(1, seen("cloud", 130, ID, delivered(ANA, 130)))));
        Sighting toBen = ours(new Sighting("cloud", numbered(2, seen("cloud", 112, ID, delivered(BEN, 112)))));

        // then
        assertThat(joiner.join(List.of(first, resend, toAna, toBen)))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message.sightings()).containsExactly(resend));
    }

    @Test
    void whatCameDaysLaterIsNoSecondTransaction() {
        // given
        Sighting split = outside(seen("edge", 3000, ID, passed(3000), toBen(3000)));
        Sighting atOnce = ours(new Sighting("cloud", numbered(1, seen("cloud", 2999, ID, delivered(ANA, 2999)))));
        Sighting later = ours(new Sighting("cloud", numbered(2, seen("cloud", 120, ID, delivered(BEN, 120)))));

        // then
        assertThat(joiner.join(List.of(split, atOnce, later))).hasSize(2);
    }

    @Test
    void theRowOfAResendDoesNotTakeThePlaceOfOneThatIsNotVisibleYet() {
        // given
        Sighting first = called("first", outside(seen("edge", 104, ID, passed(104), toBen(104))));
        Sighting resend = called("resend", outside(seen("edge", 103, ID, toBen(103))));
        Sighting toAna = ours(new Sighting("cloud", numbered(1, seen("cloud", 104, ID, delivered(ANA, 104)))));
        Sighting toBenAgain = ours(new Sighting("cloud", numbered(2, seen("cloud", 103, ID, delivered(BEN, 103)))));

        // when
        List<Message> messages = joiner.join(List.of(first, resend, toAna, toBenAgain));

        // then
        assertThat(messages)
                .noneMatch(message -> message.sightings().stream()
                                .map(Sighting::source)
                                .filter("cloud"::equals)
                                .count()
                        > 1);
    }

    @Test
    void resendsOfAMessageInTwoTransactionsStayApartWhateverTheClocks() {
        for (int behind = -3; behind <= 3; behind++) {
            // given
            int skew = behind;
            List<Sighting> sightings = new ArrayList<>();
            for (int at : List.of(102, 100)) {
                sightings.add(called("edge-" + at, outside(seen("edge", at, ID, passed(at), toBen(at)))));
                sightings.add(called(
                        "ana-" + at,
                        ours(new Sighting(
                                "cloud", numbered(at % 9, seen("cloud", at + skew, ID, delivered(ANA, at + skew)))))));
                sightings.add(called(
                        "ben-" + at,
                        ours(new Sighting(
                                "cloud",
                                numbered(at % 9 + 4, seen("cloud", at + skew, ID, delivered(BEN, at + skew)))))));
            }
            Collections.shuffle(sightings, new Random(behind));

            // then
            assertThat(joiner.join(sightings))
                    .hasSize(2)
                    .anySatisfy(message -> assertThat(message.sightings())
                            .extracting(s -> s.observation().sourceId())
                            .containsExactlyInAnyOrder("edge-102", "ana-102", "ben-102"));
        }
    }

    @Test
    void whatComesBackToASystemMayHaveANewIdThere() {
        // given
        Sighting first = outside(seen("edge", 100, ID, passed(100)));
        Sighting through = ours(new Sighting(
                "cloud", numbered(1, seen("cloud", 99, ID, passedTo(ANA, "198.51.100.7", "250 ok", 99)))));
        Sighting back = ours(called("edge-again", seen("edge", 98, ID, passed(98))));
        Sighting end = ours(new Sighting("cloud", numbered(2, seen("cloud", 97, ID, delivered(ANA, 97)))));

        // then
        assertThat(joiner.join(List.of(first, through, back, end))).hasSize(1);
    }

    @Test
    void aReceiptThatFitsTwoHandOversIsGivenToNeither() {
        // given two that were handed over for ben, of which the cloud shows one
        Sighting one = called("edge-one", outside(seen("edge", 100, ID, passed(100), toBen(100))));
        Sighting other = called("edge-other", outside(seen("edge", 98, ID, passed(98), toBen(98))));
        Sighting first = ours(new Sighting("cloud", numbered(1, seen("cloud", 100, ID, delivered(ANA, 100)))));
        Sighting second = ours(new Sighting("cloud", numbered(2, seen("cloud", 98, ID, delivered(ANA, 98)))));
        Sighting late = ours(new Sighting("cloud", numbered(3, seen("cloud", 40, ID, delivered(BEN, 40)))));

        // then
        assertThat(joiner.join(List.of(one, other, first, second, late))).hasSize(3);
    }

    @Test
    void aReceiptThatFitsTwoHandOversGoesWithTheOneAtItsTime() {
        // given two that were handed over for ben half an hour apart, of which the cloud shows one
        Sighting one = called("edge-one", outside(seen("edge", 130, ID, passed(130), toBen(130))));
        Sighting other = called("edge-other", outside(seen("edge", 100, ID, passed(100), toBen(100))));
        Sighting first = ours(new Sighting("cloud", numbered(1, seen("cloud", 130, ID, delivered(ANA, 130)))));
        Sighting second = ours(new Sighting("cloud", numbered(2, seen("cloud", 100, ID, delivered(ANA, 100)))));

        for (int at : List.of(129, 122, 107, 99)) {
            // when
            Sighting toBen = ours(new Sighting("cloud", numbered(3, seen("cloud", at, ID, delivered(BEN, at)))));

            // then
            String giver = at > 115 ? "edge-one" : "edge-other";
            assertThat(joiner.join(List.of(one, other, first, second, toBen)))
                    .hasSize(2)
                    .anySatisfy(message -> assertThat(message.sightings())
                            .contains(toBen)
                            .extracting(s -> s.observation().sourceId())
                            .contains(giver));
        }
    }

    @Test
    void aReceiptGoesWithNoneOfTwoHandOversThatClocksMayHaveMovedToIt() {
        // given two that were handed over for ben eight minutes apart, of which the cloud shows one
        Sighting one = called("edge-one", outside(seen("edge", 108, ID, passed(108), toBen(108))));
        Sighting other = called("edge-other", outside(seen("edge", 100, ID, passed(100), toBen(100))));
        Sighting first = ours(new Sighting("cloud", numbered(1, seen("cloud", 108, ID, delivered(ANA, 108)))));
        Sighting second = ours(new Sighting("cloud", numbered(2, seen("cloud", 100, ID, delivered(ANA, 100)))));
        Sighting toBen = ours(new Sighting("cloud", numbered(3, seen("cloud", 101, ID, delivered(BEN, 101)))));

        // then
        assertThat(joiner.join(List.of(one, other, first, second, toBen))).hasSize(3);
    }

    @Test
    void aReceiptThatTwoHandOversMayHaveMadeIsGivenToNeitherThoughOneIsNearer() {
        // given two that were handed over for ana two minutes apart, of which the cloud shows one
        Sighting one = called("edge-one", outside(seen("edge", 130, ID, passed(102))));
        Sighting other = called("edge-other", outside(seen("edge", 101, ID, passed(100))));
        Sighting row = ours("cloud", 1, seen("cloud", 102, ID, delivered(ANA, 102)));
        Sighting onwards = ours("house", 1, seen("house", 102, ID, delivered(ANA, 102)));
        Sighting through =
                ours("cloud", 1, seen("cloud", 102, ID, passedTo(ANA, "exch01.rivercounty.example", "250 ok", 102)));

        // then
        assertThat(joiner.join(List.of(one, other, row)))
                .hasSize(3)
                .allSatisfy(message -> assertThat(message.sightings()).hasSize(1));
        assertThat(joiner.join(List.of(one, other, through, onwards)))
                .hasSize(3)
                .anySatisfy(message -> assertThat(message.sightings()).containsExactlyInAnyOrder(through, onwards));
    }

    @Test
    void whatTwoDoubtfulReceiptsWereHandedOnToStandsInOneMessage() {
        // given two sendings two minutes apart; the cloud shows one in two transactions and hands both on to the house
        Sighting one = called("edge-one", outside(seen("edge", 130, ID, passed(102), toBen(102))));
        Sighting other = called("edge-other", outside(seen("edge", 101, ID, passed(100), toBen(100))));
        Sighting toAna =
                ours("cloud", 1, seen("cloud", 102, ID, passedTo(ANA, "exch01.rivercounty.example", "250 ok", 102)));
        Sighting toBen = called(
                "cloud-ben",
                ours("cloud", 2, seen("cloud", 101, ID, passedTo(BEN, "exch01.rivercounty.example", "250 ok", 101))));
        Sighting house = ours(seen("house", 101, ID, delivered(ANA, 101), delivered(BEN, 101)));

        // when
        List<List<Sighting>> apart = new Doubts(new NextHops(Flow.settings()))
                .of(List.of(List.of(one, toAna, toBen, house), List.of(other)));

        // then
        assertThat(apart.stream().flatMap(List::stream)).containsExactlyInAnyOrder(one, other, toAna, toBen, house);
    }

    @Test
    void aReceiptForSeveralGoesWithTheHandOverOfAllOfThem() {
        // given two that were handed over for ana two minutes apart, and for ben half an hour apart
        Sighting one = called("edge-one", outside(seen("edge", 130, ID, passed(102), toBen(130))));
        Sighting other = called("edge-other", outside(seen("edge", 101, ID, passed(100), toBen(100))));
        Sighting row = ours("cloud", 1, seen("cloud", 102, ID, delivered(ANA, 102), delivered(BEN, 102)));

        // then
        assertThat(joiner.join(List.of(one, other, row)))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message.sightings()).containsExactly(one));
    }

    @Test
    void aHandOverOfWhichOnlyTheRowTellsATimeMayBeAnyLaterOne() {
        // given a row that does not tell when ben's part went on, and a resend half an hour later
        Sighting one = called(
                "edge-one",
                outside(seen("edge", 130, ID, passed(130), passedTo(BEN, "in.cloud.example", "250 ok", 130))));
        Sighting other = called("edge-other", outside(seen("edge", 100, ID, passed(100), toBen(100))));
        Sighting first = ours(new Sighting("cloud", numbered(1, seen("cloud", 130, ID, delivered(ANA, 130)))));
        Sighting second = ours(new Sighting("cloud", numbered(2, seen("cloud", 100, ID, delivered(ANA, 100)))));
        Sighting toBen = ours(new Sighting("cloud", numbered(3, seen("cloud", 99, ID, delivered(BEN, 99)))));

        // then
        assertThat(joiner.join(List.of(one, other, first, second, toBen)))
                .hasSize(3)
                .anySatisfy(message -> assertThat(message.sightings()).containsExactly(toBen));
    }

    @Test
    void neitherOfTwoReceiptsForOneRecipientIsASecondTransaction() {
        // given one for carla and ben, and one for an alias of his under which the cloud does not show it
        Sighting alias = called("alias", outside(seen("edge", 101, ID, handedTo("b@rivercounty.example", 101))));
        Sighting both = called("both", outside(seen("edge", 100, ID, handedTo(CARLA, 100), toBen(100))));
        Sighting toCarla = ours(called(
                "carla", new Sighting("cloud", numbered(1, seen("cloud", 100, ID, delivered(CARLA, 100))))));
        Sighting toBen =
                ours(called("ben", new Sighting("cloud", numbered(2, seen("cloud", 99, ID, delivered(BEN, 99))))));
        Sighting toBenAsWell =
                ours(called("ben-2", new Sighting("cloud", numbered(3, seen("cloud", 98, ID, delivered(BEN, 98))))));

        // then
        assertThat(joiner.join(List.of(alias, both, toCarla, toBen, toBenAsWell)))
                .hasSize(4)
                .anySatisfy(message -> assertThat(message.sightings()).containsExactlyInAnyOrder(both, toCarla));
    }

    @Test
    void aReceiptGoesWithTheMessageThatWasHandedOverForItsRecipientThoughItWasHeldForOthers() {
        // given one that went on for both, and a resend that was held for ana and waited for ben
        Sighting one = called("edge-one", outside(seen("edge", 200, ID, passed(199), toBen(199))));
        Sighting resend =
                called("edge-resend", outside(seen("edge", 150, ID, Flow.held(QuarantineState.PRESENT), toBen(120))));
        Sighting first = ours(called(
                "cloud-one",
                new Sighting("cloud", numbered(1, seen("cloud", 199, ID, delivered(ANA, 199), delivered(BEN, 199))))));
        Sighting second = ours(called(
                "cloud-resend",
                new Sighting(
                        "cloud",
                        numbered(
                                2,
                                seen(
                                        "cloud",
                                        120,
                                        ID,
                                        Flow.row(
                                                BEN,
                                                RecipientStatus.FAILED,
                                                120,
                                                Optional.empty(),
                                                List.of(),
                                                Optional.empty()))))));

        // then
        assertThat(joiner.join(List.of(one, resend, first, second)))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message.sightings()).containsExactlyInAnyOrder(one, first))
                .anySatisfy(message -> assertThat(message.sightings()).containsExactlyInAnyOrder(resend, second));
    }

    @Test
    void aFailureThatCameByASystemWhichIsNotSeenIsNoneOfAResendThatIsHeld() {
        // given one that went on to the house, which is not seen, and from there to the cloud, and a resend that was
        // held
        Sighting one = called(
                "edge-one", outside(seen("edge", 111, ID, passedTo(ANA, "exch01.rivercounty.example", "250 ok", 111))));
        Sighting held = called("edge-held", outside(seen("edge", 100, ID, Flow.held(QuarantineState.PRESENT))));
        Sighting row = ours(
                "cloud",
                1,
                seen(
                        "cloud",
                        111,
                        ID,
                        Flow.row(ANA, RecipientStatus.FAILED, 111, Optional.empty(), List.of(), Optional.empty())));

        // then
        assertThat(joiner.join(List.of(one, held, row)))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message.sightings()).containsExactly(held));
    }

    @Test
    void whatWasRefusedHasNoReceiptThoughItIsNearerByTheClocks() {
        // given
        Sighting one = called("edge-one", outside(seen("edge", 104, ID, passed(103))));
        Sighting refused = called(
                "edge-refused",
                outside(seen(
                        "edge",
                        102,
                        ID,
                        Flow.row(ANA, RecipientStatus.REJECTED, 102, Optional.empty(), List.of(), Optional.empty()))));
        Sighting row = ours(
                "cloud",
                1,
                new Sighting(
                        "cloud",
                        observation(
                                "cloud",
                                100,
                                Optional.of(ID),
                                Optional.empty(),
                                false,
                                Flow.row(
                                        ANA,
                                        RecipientStatus.FAILED,
                                        100,
                                        Optional.empty(),
                                        List.of(),
                                        Optional.empty()))));

        // then
        assertThat(joiner.join(List.of(one, refused, row)))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message.sightings()).containsExactlyInAnyOrder(one, row));
    }

    private static Sighting ours(String source, int number, Sighting seen) {
        return ours(new Sighting(source, numbered(number, seen)));
    }

    private static Recipient toBen(long minutesAgo) {
        return handedTo(BEN, minutesAgo);
    }

    private static Recipient handedTo(String address, long minutesAgo) {
        return Flow.byItsOwnRecord(passedTo(address, "in.cloud.example", "250 ok", minutesAgo));
    }

    @Test
    void aClockThatIsWrongForAllDoesNotSwapResends() {
        // given
        List<Sighting> sightings = new ArrayList<>(List.of(
                outside(seen("edge", 100, ID, passed(100))),
                outside(seen("edge", 98, ID, passed(98))),
                new Sighting("cloud", numbered(1, seen("cloud", 96, ID, delivered(ANA, 96)))),
                new Sighting("cloud", numbered(2, seen("cloud", 94, ID, delivered(ANA, 94))))));

        // then
        assertThat(joiner.join(sightings))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message.sightings())
                        .extracting(s -> s.observation().sourceId())
                        .containsExactlyInAnyOrder("edge-100", "cloud-96"));
    }

    @Test
    void aHandOverSaysMoreThanWrongClocks() {
        // given: the first went to the house, whose clock is two minutes ahead; the second to the cloud, which is dead
        List<Sighting> sightings = new ArrayList<>(List.of(
                called(
                        "first",
                        outside(seen("edge", 100, ID, passedTo(ANA, "exch01.rivercounty.example", "250 ok", 100)))),
                called("second", outside(seen("edge", 98, ID, passed(98)))),
                seen("house", 98, ID, passed(98))));

        for (int seed = 0; seed < 6; seed++) {
            // when
            Collections.shuffle(sightings, new Random(seed));

            // then
            assertThat(joiner.join(sightings))
                    .hasSize(2)
                    .anySatisfy(message -> assertThat(message.sightings())
                            .extracting(s -> s.observation().sourceId())
                            .containsExactlyInAnyOrder("first", "house-98"));
        }
    }

    @Test
    void joinsWhatHasNoIdWithTheOnlyOneThatItResembles() {
        // given
        Sighting nameless = outside(
                new Sighting("edge", observation("edge", 100, Optional.empty(), Optional.empty(), true, passed(100))));
        Sighting named = seen("cloud", 98, "<made-up@cloud.example>", is(RecipientStatus.DELIVERED, 98));

        // then
        assertThat(joiner.join(List.of(nameless, named))).singleElement().satisfies(message -> {
            assertThat(message.isProbable()).isTrue();
            assertThat(message.by()).containsExactly("sender", "recipient", "subject", "time");
        });
    }

    @Test
    void joinsNothingByResemblanceWhereTwoWouldFit() {
        // given
        Sighting nameless = outside(
                new Sighting("edge", observation("edge", 100, Optional.empty(), Optional.empty(), true, passed(100))));
        Sighting one = seen("cloud", 98, "<one@cloud.example>", is(RecipientStatus.DELIVERED, 98));
        Sighting other = seen("cloud", 97, "<other@cloud.example>", is(RecipientStatus.FAILED, 97));

        // then
        assertThat(joiner.join(List.of(nameless, one, other))).hasSize(3).noneMatch(Message::isProbable);
    }

    private static Sighting outside(Sighting seen) {
        return new Sighting(seen.source(), Flow.comingFromOutside(seen.observation()));
    }

    private static Sighting ours(Sighting seen) {
        return new Sighting(seen.source(), Flow.comingFromOurs(seen.observation()));
    }

    private static Recipient delivered(String address, long minutesAgo) {
        return Flow.row(address, RecipientStatus.DELIVERED, minutesAgo, Optional.empty(), List.of(), Optional.empty());
    }

    private static Observation numbered(int number, Sighting seen) {
        Observation observation = seen.observation();
        return new Observation(
                observation.sourceId(),
                observation.messageId(),
                Optional.of("00000000-0000-0000-0000-00000000000" + number),
                observation.sender(),
                observation.headerFrom(),
                observation.subject(),
                observation.sizeBytes(),
                observation.firstSeen(),
                observation.lastSeen(),
                observation.origin(),
                observation.direction(),
                observation.clientIp(),
                observation.recipientCount(),
                observation.recipientsComplete(),
                observation.detailsFetched(),
                observation.recipients(),
                observation.events(),
                observation.relatedMessages(),
                observation.consoleUrl());
    }

    private static Recipient passed(long minutesAgo) {
        return handedTo(ANA, minutesAgo);
    }

    private static Sighting seen(String source, long minutesAgo, String id, Recipient... recipients) {
        return new Sighting(
                source, observation(source, minutesAgo, Optional.of(id), Optional.empty(), true, recipients));
    }

    private static Observation from(String sender, Observation seen) {
        return changed(seen, Optional.of(sender), seen.subject());
    }

    private static Sighting about(String subject, Sighting sighting) {
        Observation seen = sighting.observation();
        return new Sighting(sighting.source(), changed(seen, seen.sender(), Optional.of(subject)));
    }

    private static Sighting called(String sourceId, Sighting sighting) {
        Observation seen = sighting.observation();
        return new Sighting(sighting.source(), changed(sourceId, seen, seen.sender(), seen.subject()));
    }

    private static Observation changed(Observation seen, Optional<String> sender, Optional<String> subject) {
        return changed(seen.sourceId(), seen, sender, subject);
    }

    private static Observation changed(
            String sourceId, Observation seen, Optional<String> sender, Optional<String> subject) {
        return new Observation(
                sourceId,
                seen.messageId(),
                seen.networkMessageId(),
                sender,
                seen.headerFrom(),
                subject,
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
                seen.relatedMessages(),
                seen.consoleUrl());
    }
}
