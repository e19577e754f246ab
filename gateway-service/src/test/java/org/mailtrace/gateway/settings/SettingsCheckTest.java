package org.mailtrace.gateway.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mailtrace.gateway.Flow;

class SettingsCheckTest {
    @ParameterizedTest
    @CsvSource({
        "mailtrace.deadline, 21s, mailtrace.deadline",
        "mailtrace.deadline, 18400ms, guard.timeout",
        "mailtrace.round-needs, 3100ms, guard.timeout",
        "mailtrace.answers-in-memory, 20000, mailtrace.answers-in-memory",
        "mailtrace.sources.cloud.url, ftp://cloud.example, mailtrace.sources.cloud.url",
        "mailtrace.sources.cloud.url, nowhere, mailtrace.sources.cloud.url",
        "mailtrace.sources.cloud.guard.timeout, 18s, mailtrace.sources.cloud.guard.timeout",
        "mailtrace.next-hops[0].source, moon, moon",
        "mailtrace.applicability[0].none, moon, moon",
        "mailtrace.domains, '', mailtrace.domains",
        "mailtrace.zone, Moon/Base, mailtrace.zone"
    })
    void stopsTheStartWithASentenceThatNamesTheSetting(String key, String value, String named) {
        assertThatThrownBy(() -> check(Map.of(key, value))).hasMessageContaining(named);
    }

    @Test
    void acceptsWhatIsRight() {
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void aSourceThatIsSwitchedOffNeedsNoOtherLineChanged() {
        // given
        Map<String, String> off = Map.of(
                "mailtrace.sources.edge.enabled", "false",
                "mailtrace.sources.edge.guard.timeout", "99s");

        // then
        assertThatCode(() -> check(off)).doesNotThrowAnyException();
        assertThat(Flow.settings(off).sources()).containsOnlyKeys("cloud", "house");
    }

    @Test
    void someSourceMustBeAsked() {
        assertThatThrownBy(() -> check(Map.of(
                        "mailtrace.sources.edge.enabled", "false",
                        "mailtrace.sources.house.enabled", "false",
                        "mailtrace.sources.cloud.enabled", "false")))
                .hasMessageContaining("mailtrace.sources");
    }

    /** A source takes 15 s at most for its vendor; callers of the gateway give up after 25 s and are promised 20. */
    @Test
    void budgetsFitIntoEachOther() {
        GatewaySettings settings = Flow.settings();

        assertThat(settings.sources().values()).allSatisfy(source -> {
            assertThat(source.guard().timeout()).isGreaterThan(Duration.ofSeconds(15));
            assertThat(source.guard().timeout().plus(settings.roundNeeds()).plusMillis(500))
                    .isLessThanOrEqualTo(settings.deadline());
            assertThat(source.guard().retries()).isZero();
        });
        assertThat(settings.deadline()).isLessThan(Duration.ofSeconds(20));
    }

    private static void check(Map<String, String> changes) {
        new SettingsCheck(Flow.settings(changes)).check(new StartupEvent());
    }
}
