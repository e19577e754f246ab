package org.mailtrace.gateway.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.gateway.Flow;

class NextHopsTest {
    private final NextHops hops = new NextHops(Flow.settings());

    @ParameterizedTest
    @CsvSource({
        "in.cloud.example, cloud",
        "IN.Cloud.Example., cloud",
        "EXCH01, house",
        "198.51.100.7, edge",
        "[198.51.100.7], edge"
    })
    void knowsTheSourceOfAHost(String host, String source) {
        assertThat(hops.sourceOf(host)).contains(source);
    }

    @ParameterizedTest
    @CsvSource({"cloud.example.evil.example", "mx.contoso.example", "198.51.101.7", "''", "2001:db8::1"})
    void takesEveryOtherHostForOutside(String host) {
        assertThat(hops.sourceOf(host)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"*", "198.51.100.0/33", "300.1.1.1", "a/b"})
    void namesTheSettingThatIsNoPattern(String pattern) {
        assertThatThrownBy(() -> new NextHops(Flow.settings(Map.of("mailtrace.next-hops[0].host", pattern))))
                .hasMessageContaining("mailtrace.next-hops");
    }

    @Test
    void prefersTheFirstPatternThatFits() {
        assertThat(new NextHops(Flow.settings(Map.of(
                                "mailtrace.next-hops[0].host", "exch01",
                                "mailtrace.next-hops[0].source", "edge")))
                        .sourceOf("EXCH01"))
                .contains("edge");
    }
}
