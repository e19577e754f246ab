package org.mailtrace.http.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    interface Common {
        @WithDefault("0")
        @Min(0)
        @Max(5)
        int retries();
    }

    interface Door extends Common {
        @Override
        @WithDefault("1")
        @Max(2)
        int retries();
    }

    @ConfigMapping(prefix = "house")
    interface House {
        @WithDefault("3")
        @Min(1)
        @Max(100)
        int roomsAtOnce();

        @WithDefault("0.5")
        @DecimalMin("0.1")
        @DecimalMax("1.0")
        double share();

        @Min(10)
        Optional<Integer> height();

        OptionalInt width();

        @WithDefault("old-mill")
        @Pattern(regexp = "[a-z-]+", message = "must be of lower-case letters and hyphens")
        String title();

        @NotEmpty
        @WithName("doors")
        Map<String, Door> namedDoors();

        Optional<List<Door>> windows();

        Door gate();

        Set<String> colours();

        default int twice() {
            return 2 * roomsAtOnce();
        }
    }

    @ConfigMapping(prefix = "odd")
    interface Odd {
        @Positive
        int number();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    house.rooms-at-once         | 0    | house.rooms-at-once must be greater than or equal to 1
                    house.rooms-at-once         | 101  | house.rooms-at-once must be less than or equal to 100
                    house.share                 | 0.09 | house.share must be greater than or equal to 0.1
                    house.share                 | 1.01 | house.share must be less than or equal to 1.0
                    house.title                 | Mill | house.title must be of lower-case letters and hyphens
                    house.height                | 9    | house.height must be greater than or equal to 10
                    house.gate.retries          | 3    | house.gate.retries must be less than or equal to 2
                    house.gate.retries          | -1   | house.gate.retries must be greater than or equal to 0
                    house.doors.front.retries   | 3    | house.doors.front.retries must be less than or equal to 2
                    house.windows[1].retries    | 3    | house.windows[1].retries must be less than or equal to 2
                    """)
    void namesTheSettingAndTheLimitThatItBreaks(String key, String value, String sentence) {
        assertThatThrownBy(() -> house(Map.of(key, value, "house.windows[0].retries", "0")))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageEndingWith("\t" + sentence);
    }

    @Test
    void namesAllThatAreWrongAtOnce() {
        assertThatThrownBy(() -> house(Map.of("house.share", "2", "house.rooms-at-once", "0")))
                .hasMessageContaining("house.share must be")
                .hasMessageContaining("house.rooms-at-once must be");
    }

    @Test
    void takesWhatIsAtItsLimit() {
        // given
        Map<String, String> values = Map.of(
                "house.rooms-at-once", "100",
                "house.share", "0.1",
                "house.height", "10",
                "house.gate.retries", "2");

        // when
        House house = house(values);

        // then
        assertThat(house.twice()).isEqualTo(200);
        assertThat(house.gate().retries()).isEqualTo(2);
    }

    @Test
    void wantsSomethingWhereNothingWouldDo() {
        assertThatThrownBy(() -> build(House.class, Map.of("house.colours", "red")))
                .hasMessageEndingWith("house.doors must not be empty");
    }

    /** Or somebody would take it for a check. */
    @Test
    void refusesALimitThatNobodyLooksAt() {
        assertThatThrownBy(() -> build(Odd.class, Map.of("odd.number", "1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Positive");
    }

    private static House house(Map<String, String> changes) {
        Map<String, String> values = new HashMap<>(Map.of("house.doors.back.retries", "1", "house.colours", "red"));
        values.putAll(changes);
        return build(House.class, values);
    }

    private static <T> T build(Class<T> type, Map<String, String> values) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .withMapping(type)
                .withSources(new PropertiesConfigSource(values, "test", 100));
        new LimitedSettings().configBuilder(builder);
        return builder.build().getConfigMapping(type);
    }
}
