package org.mailtrace.gateway.conclude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.Flow.ANA;
import static org.mailtrace.gateway.Flow.ID;
import static org.mailtrace.gateway.Flow.NOW;
import static org.mailtrace.gateway.Flow.answer;
import static org.mailtrace.gateway.Flow.byAddress;
import static org.mailtrace.gateway.Flow.is;
import static org.mailtrace.gateway.Flow.observation;
import static org.mailtrace.gateway.Flow.passedTo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Origin;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Sighting;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.Words;

class NoticesTest {
    private final GatewaySettings settings = Flow.settings();
    private final Notices notices = new Notices(
            settings, new Origins(settings), new NextHops(settings), new Words(settings, Flow.CLOCK), Flow.CLOCK);

    @Test
    void saysThatAMessageCamePastTheEdgeWhenTheEdgeWasSearchedForIt() {
        assertThat(codes(direct())).contains("BYPASSED_EDGE");
    }

    @Test
    void doesNotSayItWhenTheEdgeIsAwayOrWasOnlySearchedByRecipient() {
        assertThat(codes(direct().blind("edge", SourceState.CIRCUIT_OPEN))).doesNotContain("BYPASSED_EDGE");
        assertThat(codes(direct().asked("edge", byAddress(), answer("edge", SourceState.ANSWERED, Optional.of(NOW)))))
                .doesNotContain("BYPASSED_EDGE");
    }

    @Test
    void whoeverCameThroughOneOfTwoDoorsBypassedNeither() {
        // given
        GatewaySettings twoDoors = Flow.settings(Map.of("mailtrace.sources.house.bypass-notice", "BYPASSED_EDGE"));
        Notices both = new Notices(
                twoDoors, new Origins(twoDoors), new NextHops(twoDoors), new Words(twoDoors, Flow.CLOCK), Flow.CLOCK);
        Flow through = new Flow()
                .saw(
                        "house",
                        Flow.comingFromOutside(observation(
                                "house",
                                101,
                                Optional.of(ID),
                                Optional.empty(),
                                true,
                                passedTo(ANA, "in.cloud.example", "250 ok", 101))))
                .saw("cloud", 100, is(RecipientStatus.DELIVERED, 100));

        // then
        assertThat(codes(both, through)).doesNotContain("BYPASSED_EDGE");
        assertThat(codes(both, direct())).contains("BYPASSED_EDGE");
    }

    @Test
    void saysFirstThatAJoinWithoutAnIdIsNotProven() {
        // given
        Flow flow = new Flow()
                .saw(
                        "edge",
                        Flow.comingFromOutside(observation(
                                "edge",
                                100,
                                Optional.empty(),
                                Optional.empty(),
                                true,
                                passedTo(ANA, "in.cloud.example", "250 ok", 100))))
                .saw("cloud", 99, is(RecipientStatus.DELIVERED, 99));
        Flow byId = new Flow()
                .saw("edge", 100, passedTo(ANA, "in.cloud.example", "250 ok", 100))
                .saw("cloud", 99, is(RecipientStatus.DELIVERED, 99));

        // then
        assertThat(codes(flow)).first().isEqualTo("PROBABLE_JOIN");
        assertThat(codes(byId)).doesNotContain("PROBABLE_JOIN");
    }

    @Test
    void saysThatARowWhichNobodyHandedOverMayBelongToAnotherMessageOfItsId() {
        // given
        Flow loose = seenInTheCloud().asked("edge", byAddress(), edgeShows(handedOver(101)));
        Flow handedOverLater = seenInTheCloud().asked("edge", byAddress(), edgeShows(handedOver(60)));
        Flow shownAnyway = seenInTheCloud()
                .asked("edge", byAddress(), edgeShows(handedOver(101)))
                .asked("cloud", Flow.byId(), cloudShows(inTheCloud(99)));
        Flow handedOverItself = seenInTheCloud().saw("edge", handedOver(102));

        // then
        assertThat(notices.of(loose.message(), Direction.INBOUND, loose.inquiry(), false))
                .filteredOn(notice -> notice.code().equals("MAYBE_PART_OF_ANOTHER"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text())
                        .isEqualTo("It may be part of another message with the same Message-ID, which Edge handed to"
                                + " Cloud for the same recipient; whether it is cannot be told."));
        assertThat(codes(handedOverLater)).doesNotContain("MAYBE_PART_OF_ANOTHER");
        assertThat(codes(shownAnyway)).doesNotContain("MAYBE_PART_OF_ANOTHER");
        assertThat(codes(handedOverItself)).doesNotContain("MAYBE_PART_OF_ANOTHER");
    }

    @Test
    void aRowThatCameWithTwoAnswersCountsOnce() {
        // given
        Observation handedOver = handedOver(101);
        Flow twice = seenInTheCloud()
                .asked("edge", byAddress(), edgeShows(handedOver))
                .asked("edge", Flow.byId(), edgeShows(handedOver))
                .asked("cloud", Flow.byId(), cloudShows(inTheCloud(99)));
        Flow shownTwice = seenInTheCloud()
                .asked("edge", byAddress(), edgeShows(handedOver))
                .asked("edge", Flow.byId(), edgeShows(handedOver(102)))
                .asked("cloud", byAddress(), cloudShows(inTheCloud(99)))
                .asked("cloud", Flow.byId(), cloudShows(inTheCloud(99)));

        // then
        assertThat(codes(twice)).doesNotContain("MAYBE_PART_OF_ANOTHER");
        assertThat(codes(shownTwice)).contains("MAYBE_PART_OF_ANOTHER");
    }

    @Test
    void itMayBePartOfWhatWasShownOnAPageBefore() {
        // given
        Flow flow = seenInTheCloud().asked("edge", byAddress(), edgeShows(handedOver(101)));

        // when
        flow.inquiry().settle(List.of(new Sighting("edge", handedOver(101))));

        // then
        assertThat(codes(flow)).contains("MAYBE_PART_OF_ANOTHER");
    }

    @Test
    void whatCameFromOutsideIsNoReceiptOfAHandOver() {
        // given
        Flow flow = seenInTheCloud()
                .asked("edge", byAddress(), edgeShows(handedOver(101)))
                .asked("cloud", Flow.byId(), cloudShows(Flow.comingFromOutside(inTheCloud(99))));

        // then
        assertThat(codes(flow)).contains("MAYBE_PART_OF_ANOTHER");
    }

    @Test
    void itMayBeTheReceiptOfAnAttemptThatWasMadeAgain() {
        // given two receipts of one hand-over, which came after half an hour of attempts
        Flow flow = seenInTheCloud()
                .asked("edge", byAddress(), edgeShows(handedOver(100, 70)))
                .asked("cloud", Flow.byId(), cloudShows(inTheCloud(70)));
        Flow atOnce = seenInTheCloud()
                .asked("edge", byAddress(), edgeShows(handedOver(100, 100)))
                .asked("cloud", Flow.byId(), cloudShows(inTheCloud(99)));

        // then
        assertThat(codes(flow)).contains("MAYBE_PART_OF_ANOTHER");
        assertThat(codes(atOnce)).doesNotContain("MAYBE_PART_OF_ANOTHER");
    }

    @Test
    void whatIsStillTriedWasNotHandedOver() {
        // given
        Observation tried = observation(
                "edge",
                101,
                Optional.of(ID),
                Optional.empty(),
                true,
                Flow.row(
                        ANA,
                        RecipientStatus.DEFERRED,
                        101,
                        Optional.of(new NextHop("in.cloud.example", Optional.empty())),
                        List.of(),
                        Optional.empty()));
        Flow flow = seenInTheCloud().asked("edge", byAddress(), edgeShows(tried));

        // then
        assertThat(notices.of(flow.message(), Direction.INBOUND, flow.inquiry(), false))
                .filteredOn(notice -> notice.code().equals("MAYBE_PART_OF_ANOTHER"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text()).contains("which Edge tried to hand to Cloud"));
    }

    private static Flow seenInTheCloud() {
        return new Flow().saw("cloud", inTheCloud(100));
    }

    private static Observation inTheCloud(long minutesAgo) {
        return Flow.comingFromOurs(observation(
                "cloud",
                minutesAgo,
                Optional.of(ID),
                Optional.empty(),
                true,
                is(RecipientStatus.DELIVERED, minutesAgo)));
    }

    private static Observation handedOver(long minutesAgo) {
        return handedOver(minutesAgo, minutesAgo);
    }

    private static Observation handedOver(long cameMinutesAgo, long handedOverMinutesAgo) {
        return observation(
                "edge",
                cameMinutesAgo,
                Optional.of(ID),
                Optional.empty(),
                true,
                passedTo(ANA, "in.cloud.example", "250 ok", handedOverMinutesAgo));
    }

    private static SourceAnswer cloudShows(Observation row) {
        return answer("cloud", SourceState.ANSWERED, Optional.of(NOW), row);
    }

    private static SourceAnswer edgeShows(Observation row) {
        return answer("edge", SourceState.ANSWERED, Optional.of(NOW), row);
    }

    @Test
    void pointsOutTwoMailboxes() {
        // given
        Flow flow = new Flow()
                .saw("house", 100, is(RecipientStatus.DELIVERED, 100))
                .saw("cloud", 99, is(RecipientStatus.DELIVERED, 99));

        // then
        assertThat(notices.of(flow.message(), Direction.INBOUND, flow.inquiry(), false))
                .filteredOn(notice -> notice.code().equals("TWO_MAILBOXES"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.recipient()).contains(ANA));
    }

    @Test
    void saysByHowMuchTheClocksOfTwoSystemsDifferAtLeast() {
        // given
        Flow behind = new Flow()
                .saw("edge", 97, passedTo(ANA, "in.cloud.example", "250 ok", 97))
                .saw("cloud", 100, is(RecipientStatus.DELIVERED, 100));

        // then
        assertThat(notices.of(behind.message(), Direction.INBOUND, behind.inquiry(), false))
                .filteredOn(notice -> notice.code().equals("CLOCKS_DIFFER"))
                .singleElement()
                .satisfies(notice -> assertThat(notice.text())
                        .startsWith("By their own clocks, Cloud had the message 3 minutes before Edge"));
    }

    @Test
    void clocksThatAgreeAreNotMentioned() {
        // given
        Flow well = new Flow()
                .saw("edge", 100, passedTo(ANA, "in.cloud.example", "250 ok", 97))
                .saw("cloud", 97, is(RecipientStatus.DELIVERED, 97));

        // then
        assertThat(codes(well)).doesNotContain("CLOCKS_DIFFER");
    }

    @Test
    void aHandOverThatWasMadeAgainBecauseItsReplyWasLostSaysNothingAboutClocks() {
        // given
        Observation giver = observation(
                "edge", 180, Optional.of(ID), Optional.empty(), true, passedTo(ANA, "in.cloud.example", "250 ok", 165));
        Flow eventsNotRead = new Flow().saw("edge", giver).saw("cloud", 180, is(RecipientStatus.DELIVERED, 180));
        Flow eventsRead = new Flow()
                .saw("edge", Flow.with(giver, EventType.DEFER, 175))
                .saw("cloud", 180, is(RecipientStatus.DELIVERED, 180));

        // then
        assertThat(codes(eventsNotRead)).doesNotContain("CLOCKS_DIFFER");
        assertThat(codes(eventsRead)).doesNotContain("CLOCKS_DIFFER");
    }

    @Test
    void whatASystemHadEarlierForAnotherRecipientSaysNothingAboutClocks() {
        // given
        Flow split = new Flow()
                .saw(
                        "edge",
                        100,
                        passedTo(ANA, "in.cloud.example", "250 ok", 80),
                        passedTo("eve@rivercounty.example", "in.cloud.example", "250 ok", 99))
                .saw("cloud", 99, is(RecipientStatus.DELIVERED, 79));
        Flow loop = new Flow()
                .saw("edge", 100, passedTo(ANA, "in.cloud.example", "250 ok", 80))
                .saw("cloud", 99, is(RecipientStatus.FAILED, 79));
        Flow partly = new Flow()
                .saw("edge", 90, passedTo(ANA, "in.cloud.example", "250 ok", 80))
                .saw(
                        "cloud",
                        observation(
                                "cloud",
                                99,
                                Optional.of(ID),
                                Optional.empty(),
                                false,
                                is(RecipientStatus.DELIVERED, 79)));

        // then
        assertThat(codes(split)).doesNotContain("CLOCKS_DIFFER");
        assertThat(codes(loop)).doesNotContain("CLOCKS_DIFFER");
        assertThat(codes(partly)).doesNotContain("CLOCKS_DIFFER");
    }

    @Test
    void whatASystemHadFromElsewhereBeforeSaysNothingAboutClocks() {
        // given
        Flow begunThere = new Flow()
                .saw("edge", 100, passedTo(ANA, "in.cloud.example", "250 ok", 97))
                .saw(
                        "cloud",
                        observation(
                                "cloud",
                                120,
                                Optional.of(ID),
                                Optional.of(Origin.OUTSIDE),
                                true,
                                is(RecipientStatus.DELIVERED, 96)));
        Flow blind = new Flow()
                .saw("edge", 97, passedTo(ANA, "in.cloud.example", "250 ok", 97))
                .saw("cloud", 100, is(RecipientStatus.DELIVERED, 100))
                .blind("house", SourceState.FAILED);

        // then
        assertThat(codes(begunThere)).doesNotContain("CLOCKS_DIFFER");
        assertThat(codes(blind)).doesNotContain("CLOCKS_DIFFER");
    }

    @Test
    void advisesToAskForAllRecipientsOnlyWhereThatWasNotDone() {
        // given
        Flow partly = new Flow()
                .saw(
                        "cloud",
                        observation(
                                "cloud",
                                100,
                                Optional.of(ID),
                                Optional.empty(),
                                false,
                                is(RecipientStatus.DELIVERED, 100)));

        // then
        assertThat(partial(partly, false)).contains("include=recipients");
        assertThat(partial(partly, true)).doesNotContain("include").endsWith("that no source has listed.");
    }

    private String partial(Flow flow, boolean all) {
        return notices.of(flow.message(), Direction.INBOUND, flow.inquiry(), all).stream()
                .filter(notice -> notice.code().equals("RECIPIENTS_PARTIAL"))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static Flow direct() {
        return new Flow()
                .saw(
                        "cloud",
                        observation(
                                "cloud",
                                100,
                                Optional.of(ID),
                                Optional.of(Origin.OUTSIDE),
                                true,
                                is(RecipientStatus.DELIVERED, 100)));
    }

    private List<String> codes(Flow flow) {
        return codes(notices, flow);
    }

    private static List<String> codes(Notices notices, Flow flow) {
        return notices.of(flow.message(), Direction.INBOUND, flow.inquiry(), false).stream()
                .map(notice -> notice.code())
                .toList();
    }
}
