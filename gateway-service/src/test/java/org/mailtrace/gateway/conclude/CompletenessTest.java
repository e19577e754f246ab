package org.mailtrace.gateway.conclude;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.Flow.ANA;
import static org.mailtrace.gateway.Flow.ID;
import static org.mailtrace.gateway.Flow.NOW;
import static org.mailtrace.gateway.Flow.ago;
import static org.mailtrace.gateway.Flow.answer;
import static org.mailtrace.gateway.Flow.byAddress;
import static org.mailtrace.gateway.Flow.byId;
import static org.mailtrace.gateway.Flow.is;
import static org.mailtrace.gateway.Flow.observation;
import static org.mailtrace.gateway.Flow.question;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Origin;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.settings.GatewaySettings;

class CompletenessTest {
    private final GatewaySettings settings = Flow.settings();
    private final Completeness completeness = new Completeness(settings, new Origins(settings), Flow.CLOCK);

    @ParameterizedTest
    @EnumSource(SourceState.class)
    void onlyASourceThatLookedIsNotBlind(SourceState state) {
        // given
        Flow flow = new Flow().asked("cloud", byAddress(), answer("cloud", state, Optional.of(NOW)));

        // then
        assertThat(blind(byAddress(), flow)).hasSize(state == SourceState.ANSWERED ? 0 : 1);
    }

    @Test
    void aWindowThatEndsNowIsProvenUpToTheSettlingTime() {
        assertThat(blind(byAddress(), new Flow().lookedUntil("cloud", ago(60)))).isEmpty();
        assertThat(blind(byAddress(), new Flow().lookedUntil("cloud", ago(63)))).containsExactly("cloud");
        assertThat(blind(byAddress(), new Flow().lookedUntil("house", ago(60)))).containsExactly("house");
    }

    @Test
    void aWindowThatEndedLongAgoMustBeProvenToItsEnd() {
        // given
        Question yesterday = question(
                Optional.empty(),
                byAddress().recipients(),
                NOW.minus(Duration.ofDays(2)),
                NOW.minus(Duration.ofDays(1)));

        // then
        assertThat(blind(yesterday, new Flow().lookedUntil("cloud", NOW.minus(Duration.ofDays(1)))))
                .isEmpty();
        assertThat(blind(yesterday, new Flow().lookedUntil("cloud", NOW.minus(Duration.ofHours(25)))))
                .containsExactly("cloud");
    }

    @Test
    void aSourceThatDoesNotSayHowFarItsAbsenceReachesProvesNone() {
        assertThat(blind(
                        byAddress(),
                        new Flow()
                                .asked("cloud", byAddress(), answer("cloud", SourceState.ANSWERED, Optional.empty()))))
                .containsExactly("cloud");
    }

    @Test
    void aSourceThatSearchedLessThanItWasAskedIsBlind() {
        // given
        SourceAnswer whole = answer("cloud", SourceState.ANSWERED, Optional.of(NOW));
        SourceAnswer lastHour = new SourceAnswer(
                whole.source(),
                whole.state(),
                Optional.of(ago(60)),
                Optional.of(NOW),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOW),
                1,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());

        // then
        assertThat(blind(byAddress(), new Flow().asked("cloud", byAddress(), lastHour)))
                .containsExactly("cloud");
    }

    @Test
    void anObservedOriginLetsASourceOffForOneMessageAndNeverForAList() {
        // given a message from a mailbox of the house to one of ours: the edge cannot have a row
        Flow flow = internal(true).blind("edge", SourceState.TIMED_OUT);

        // then
        assertThat(completeness.blind(byNetworkId(), List.of(flow.message()), flow.inquiry()))
                .isEmpty();
        assertThat(completeness.blind(byAddress(), List.of(flow.message()), flow.inquiry()))
                .hasSize(1);
        assertThat(completeness.blind(byNetworkId(), List.of(), flow.inquiry())).hasSize(1);
    }

    @Test
    void aMessageIdMayBeAnotherMessagesTooAndLetsNobodyOff() {
        // given what the edge cannot have, while another message of that id may have come through it
        Flow flow = internal(true).blind("edge", SourceState.TIMED_OUT);

        // then
        assertThat(completeness.blind(byId(), List.of(flow.message()), flow.inquiry()))
                .hasSize(1);
    }

    @Test
    void whereNobodyAsksForTheNextPageItsRowsAreNotLookedAt() {
        // given
        SourceAnswer first = answer("cloud", SourceState.ANSWERED, Optional.of(NOW));
        SourceAnswer more = new SourceAnswer(
                first.source(),
                first.state(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(NOW),
                1,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(observation(
                        "cloud", 100, Optional.of(ID), Optional.empty(), true, is(RecipientStatus.DELIVERED, 100))),
                Optional.of("cursor"));
        Flow flow = new Flow().asked("cloud", byId(), more);

        // then
        assertThat(completeness.blind(byId(), List.of(), flow.inquiry())).isEmpty();
        assertThat(completeness.blindInOnePage(byId(), List.of(), flow.inquiry()))
                .singleElement()
                .satisfies(answer -> {
                    assertThat(answer.source()).isEqualTo("cloud");
                    assertThat(answer.state()).isEqualTo(SourceState.TRUNCATED);
                });
    }

    @Test
    void aPartialRecipientListLetsNobodyOff() {
        // given
        Flow flow = internal(false).blind("edge", SourceState.TIMED_OUT);

        // then
        assertThat(completeness.blind(byNetworkId(), List.of(flow.message()), flow.inquiry()))
                .hasSize(1);
    }

    @Test
    void theSendersDomainIsNoOrigin() {
        // given a message that nobody saw coming from a mailbox
        Flow flow =
                new Flow().saw("house", 100, is(RecipientStatus.DELIVERED, 100)).blind("edge", SourceState.FAILED);

        // then
        assertThat(completeness.blind(byNetworkId(), List.of(flow.message()), flow.inquiry()))
                .hasSize(1);
    }

    private static Question byNetworkId() {
        return question(
                Optional.of(MailId.of("4451a062-48cb-e80d-e8c0-196330437ae6")), List.of(), byId().from(), byId().to());
    }

    private static Flow internal(boolean complete) {
        return new Flow()
                .saw(
                        "house",
                        observation(
                                "house",
                                100,
                                Optional.of(ID),
                                Optional.of(Origin.MAILBOX),
                                complete,
                                is(RecipientStatus.DELIVERED, 100)));
    }

    private List<String> blind(Question question, Flow flow) {
        return completeness.blind(question, List.<Message>of(), flow.inquiry()).stream()
                .map(SourceAnswer::source)
                .toList();
    }

    @Test
    void aRecipientIsOursByItsDomain() {
        Origins origins = new Origins(settings);

        assertThat(origins.isOurs(ANA)).isTrue();
        assertThat(origins.isOurs("ana@notrivercounty.example")).isFalse();
    }
}
