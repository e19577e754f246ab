package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    @Test
    void livenessAsksTheProcessOnlyAndTheGatewaysReadinessAsksNoSource() throws IOException {
        for (String service : Cluster.SERVICES) {
            try (Stream<Path> files = Files.walk(Tool.ROOT.resolve(service + "-service/src/main/java"))) {
                // when
                List<String> sources = files.filter(file -> file.toString().endsWith(".java"))
                        .map(file -> Metrics.text(Tool.ROOT.relativize(file).toString()))
                        .toList();

                // then
                assertThat(sources).hasSizeGreaterThan(20).noneMatch(source -> source.contains("@Liveness"));
                assertThat(sources)
                        .filteredOn(source -> source.contains("@Readiness"))
                        .noneMatch(source -> source.contains("org.mailtrace.gateway.ask"));
            }
        }
    }
}
