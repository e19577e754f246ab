package org.mailtrace.gateway.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mailtrace.gateway.Flow.ANA;
import static org.mailtrace.gateway.Flow.is;
import static org.mailtrace.gateway.Flow.passedTo;

import java.util.List;
import org.junit.jupiter.api.Test;
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

    private static List<String> sources(List<Word> chain) {
        return chain.stream().map(Word::source).toList();
    }
}
