package org.mailtrace.standins.proofpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRangeTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final List<StreamRecord> RECORDS = IntStream.range(0, 60)
            .mapToObj(minute ->
                    new StreamRecord("synthetic-" + minute, NOON.plus(Duration.ofMinutes(minute)), () -> "{}"))
            .toList();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-02T12:59:59Z",
                "2026-03-02T05:59:59-07:00",
                "2026-03-02T05:59:59-0700",
                "2026-03-02T12:59:59.000001Z"
            })
    void roundsTheStartDownToItsHour(String since) {
        assertThat(range(since, "2026-03-02T13:00:00Z").since()).isEqualTo(NOON);
    }

    @Test
    void roundsTheEndUpUnlessItIsAnHour() {
        assertThat(range("2026-03-02T12:00:00Z", "2026-03-02T12:00:01Z").until())
                .contains(NOON.plus(Duration.ofHours(1)));
        assertThat(range("2026-03-02T12:00:00Z", "2026-03-02T13:00:00Z").until())
                .contains(NOON.plus(Duration.ofHours(1)));
    }

    @Test
    void givesAnHourWhollyOnlyFiveMinutesAfterItsEnd() {
        // given
        StreamRange hour = range("2026-03-02T12:00:00Z", "2026-03-02T13:00:00Z");
        Instant ready = NOON.plus(Duration.ofMinutes(65));

        // then
        assertThat(hour.of(RECORDS, ready)).isEqualTo(RECORDS);
        assertThat(hour.of(RECORDS, ready.minusMillis(1)))
                .isNotEmpty()
                .hasSizeLessThan(RECORDS.size())
                .isSubsetOf(RECORDS);
    }

    @Test
    void givesNothingOfTheNextHour() {
        assertThat(range("2026-03-02T11:00:00Z", "2026-03-02T12:00:00Z").of(RECORDS, NOON.plus(Duration.ofHours(9))))
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoRange() {
        assertThatThrownBy(() -> range("yesterday", "2026-03-02T12:00:00Z"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> range("2026-03-02T12:00:00Z", "2026-03-02T12:00:00Z"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> range("2026-01-30T12:00:00Z", "2026-01-30T13:00:00Z"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static StreamRange range(String since, String until) {
        return StreamRange.of(since, Optional.of(until), NOON.plus(Duration.ofHours(1)));
    }
}
