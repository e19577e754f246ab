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

    @Test
    void looksThroughTheSitesListBeforeTheHostsOfASourceAndKeepsBoth() {
        // given
        NextHops both = new NextHops(Flow.settings(Map.of(
                "mailtrace.sources.edge.hosts", "*.edge.example,mx*.example",
                "mailtrace.next-hops[0].host", "mx1.edge.example",
                "mailtrace.next-hops[0].source", "cloud")));

        // then
        assertThat(both.sourceOf("mx1.edge.example")).contains("cloud");
        assertThat(both.sourceOf("mx2.edge.example")).contains("edge");
        assertThat(both.sourceOf("mx3.example")).contains("edge");
    }

    @Test
    void aHostOfASourceThatIsSwitchedOffIsNobodyElses() {
        // given
        NextHops off = new NextHops(Flow.settings(Map.of(
                "mailtrace.sources.house.enabled", "false",
                "mailtrace.sources.edge.hosts", "*.rivercounty.example",
                "mailtrace.next-hops[1].host", "exch*.rivercounty.example")));

        // then
        assertThat(off.sourceOf("exch1.rivercounty.example")).isEmpty();
        assertThat(off.untracedOf("exch1.rivercounty.example")).contains("house");
        assertThat(off.untracedOf("mx.rivercounty.example")).isEmpty();
        assertThat(off.untracedOf("mx.contoso.example")).isEmpty();
    }
}
