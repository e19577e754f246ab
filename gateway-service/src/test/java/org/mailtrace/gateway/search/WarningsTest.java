package org.mailtrace.gateway.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.Flow.ANA;
import static org.mailtrace.gateway.Flow.ID;
import static org.mailtrace.gateway.Flow.is;
import static org.mailtrace.gateway.Flow.observation;
import static org.mailtrace.gateway.Flow.passedTo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;

class WarningsTest {
    private static final Question BY_SENDER =
            Question.parse(Map.of("sender", List.of("sam@contoso.example"), "recipient", List.of(ANA)), Flow.NOW);

    @Test
    void aSenderThatAnyRecordHasInTheEnvelopeIsNotSaidToStandInTheHeaderAlone() {
        // given a sender that was rewritten on the way
        Observation first = from("bounce+sam=contoso.example@elsewhere.example");
        Flow rewritten = new Flow().saw("edge", first).saw("cloud", 99, is(RecipientStatus.DELIVERED, 99));
        Flow another = new Flow().saw("edge", first);

        // then
        assertThat(Search.warnings(BY_SENDER, List.of(rewritten.message()), rewritten.inquiry()))
                .isEmpty();
        assertThat(Search.warnings(BY_SENDER, List.of(another.message()), another.inquiry()))
                .singleElement()
                .asString()
                .contains("as its envelope sender");
    }

    @Test
    void whatWasAddressedToSomebodyIsNotSaidToHaveReachedThem() {
        // given
        Flow flow = new Flow()
                .asked(
                        "edge",
                        Flow.byAddress(),
                        Flow.answer(
                                "edge",
                                SourceState.ANSWERED,
                                Optional.of(Flow.NOW),
                                observation(
                                        "edge",
                                        100,
                                        Optional.of(ID),
                                        Optional.empty(),
                                        true,
                                        is(RecipientStatus.REJECTED, 100))));

        // then
        assertThat(Search.warnings(BY_SENDER, List.of(), flow.inquiry()))
                .singleElement()
                .asString()
                .startsWith("Other messages were addressed to the recipient in that time");
    }

    private static Observation from(String sender) {
        Observation seen = observation(
                "edge", 100, Optional.of(ID), Optional.empty(), true, passedTo(ANA, "in.cloud.example", "250 ok", 100));
        return new Observation(
                seen.sourceId(),
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
                seen.relatedMessages(),
                seen.consoleUrl());
    }
}
