package org.mailtrace.gateway.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.Flow.ANA;
import static org.mailtrace.gateway.Flow.is;
import static org.mailtrace.gateway.Flow.passedTo;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.Flow;

class CustodyTest {
    private final NextHops hops = new NextHops(Flow.settings());

    @Test
    void whoGotItAgainHadItBeforeToo() {
        // given
        Flow circle = new Flow()
                .saw("edge", 100, passedTo(ANA, "in.cloud.example", "250 ok", 100))
                .saw("cloud", 99, is(RecipientStatus.FAILED, 90))
                .saw("house", 98, passedTo(ANA, "in.cloud.example", "250 ok", 98));

        // when
        Custody custody = Custody.of(circle.message().wordsOn(ANA), hops);

        // then
        assertThat(sources(custody.chain())).containsExactly("edge", "house", "cloud");
        assertThat(custody.earlierPasses(hops)).hasSize(1).allSatisfy((word, source) -> {
            assertThat(word.source()).isEqualTo("edge");
            assertThat(source).isEqualTo("cloud");
        });
    }

    @Test
    void whoGotItOnceHadItOnce() {
        // given
        Flow line = new Flow()
                .saw("edge", 100, passedTo(ANA, "exch01", "250 ok", 100))
                .saw("house", 99, passedTo(ANA, "in.cloud.example", "250 ok", 99))
                .saw("cloud", 98, is(RecipientStatus.DELIVERED, 98));
        Flow loose = new Flow()
                .saw("edge", 100, passedTo(ANA, "in.cloud.example", "250 ok", 100))
                .saw("house", 99, passedTo(ANA, "mx.contoso.example", "250 ok", 99))
                .saw("cloud", 98, is(RecipientStatus.DELIVERED, 98));

        // then
        assertThat(Custody.of(line.message().wordsOn(ANA), hops).earlierPasses(hops))
                .isEmpty();
        assertThat(Custody.of(loose.message().wordsOn(ANA), hops).earlierPasses(hops))
                .isEmpty();
    }

    @Test
    void whoStillTriesAHostOfOursComesBeforeWhoHasItThereWhateverTheClocks() {
        // given: the reply was lost, or the clocks differ
        Recipient tried = Flow.row(
                ANA,
                RecipientStatus.DEFERRED,
                90,
                Optional.of(new NextHop("in.cloud.example", Optional.of("421 timed out"))),
                List.of(),
                Optional.empty());
        for (RecipientStatus end :
                List.of(RecipientStatus.QUARANTINED, RecipientStatus.REJECTED, RecipientStatus.FAILED)) {
            Flow flow = new Flow().saw("edge", 110, tried).saw("cloud", 100, is(end, 100));

            // then
            assertThat(sources(Custody.of(flow.message().wordsOn(ANA), hops).chain()))
                    .containsExactly("edge", "cloud");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"IN_TRANSIT", "DEFERRED"})
    void whoseHandOverWasNotSeenComesBeforeWhoGotItFromOneOfOurs(RecipientStatus unseen) {
        // given a cloud whose clock is slow
        Flow held = new Flow()
                .saw("edge", Flow.comingFromOutside(seen("edge", 100, is(unseen, 99))))
                .saw("cloud", Flow.comingFromOurs(seen("cloud", 101, is(RecipientStatus.QUARANTINED, 101))));
        Flow gone = new Flow()
                .saw("edge", seen("edge", 100, is(unseen, 99)))
                .saw(
                        "cloud",
                        Flow.comingFromOurs(seen("cloud", 101, passedTo(ANA, "mx.contoso.example", "250 ok", 101))));
        Flow overTheHouse = new Flow()
                .saw("edge", Flow.comingFromOutside(seen("edge", 100, is(unseen, 95))))
                .saw("house", Flow.comingFromOurs(seen("house", 99, passedTo(ANA, "in.cloud.example", "250 ok", 99))))
                .saw("cloud", Flow.comingFromOurs(seen("cloud", 98, is(RecipientStatus.REJECTED, 98))));

        // then
        assertThat(sources(Custody.of(held.message().wordsOn(ANA), hops).chain()))
                .containsExactly("edge", "cloud");
        assertThat(sources(Custody.of(gone.message().wordsOn(ANA), hops).chain()))
                .containsExactly("edge", "cloud");
        assertThat(sources(Custody.of(overTheHouse.message().wordsOn(ANA), hops).chain()))
                .containsExactly("edge", "house", "cloud");
    }

    @Test
    void whoHasItFromWhereItBeganIsStillTheLastThoughItsHandOverWasNotSeen() {
        // given what the cloud sent and the edge still works on
        Flow flow = new Flow()
                .saw("cloud", 100, passedTo(ANA, "198.51.100.7", "250 ok", 100))
                .saw("edge", Flow.comingFromOurs(seen("edge", 101, is(RecipientStatus.IN_TRANSIT, 101))));

        // then
        assertThat(sources(Custody.of(flow.message().wordsOn(ANA), hops).chain()))
                .containsExactly("cloud", "edge");
    }

    private static Observation seen(String source, long minutesAgo, Recipient recipient) {
        return Flow.observation(source, minutesAgo, Optional.of(Flow.ID), Optional.empty(), true, recipient);
    }

    private static List<String> sources(List<Word> chain) {
        return chain.stream().map(Word::source).toList();
    }
}
