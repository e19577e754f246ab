package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {
    static Stream<Arguments> everyRuleOfEveryOverlay() {
        return Stream.of(Overlay.values()).flatMap(overlay -> Rule.all().map(rule -> Arguments.of(overlay, rule)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyRuleOfEveryOverlay")
    void everyOverlayKeepsEveryRule(Overlay overlay, Rule rule) {
        // when
        Cluster cluster = overlay.build();

        // then
        assertThat(rule.broken().apply(cluster)).isEmpty();
    }
}
