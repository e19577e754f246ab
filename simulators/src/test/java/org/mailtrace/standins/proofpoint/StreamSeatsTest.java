package org.mailtrace.standins.proofpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamSeatsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final StreamSeats.Seat SEAT = new StreamSeats.Seat("synthetic-token", StreamType.MESSAGE);

    private final StreamSeats seats = new StreamSeats();

    @Test
    void beginsTheFirstSessionWhereItIs() {
        assertThat(seats.begin(SEAT, NOON)).isEqualTo(NOON);
    }

    @Test
    void goesOnWhereTheLastSessionOfTheSameTokenAndTypeStopped() {
        // when
        seats.sentUntil(SEAT, NOON);

        // then
        Instant later = NOON.plus(Duration.ofMinutes(59));
        assertThat(seats.begin(SEAT, later)).isEqualTo(NOON);
        assertThat(seats.begin(new StreamSeats.Seat("synthetic-token", StreamType.MAILLOG), later))
                .isEqualTo(later);
        assertThat(seats.begin(new StreamSeats.Seat("another", StreamType.MESSAGE), later))
                .isEqualTo(later);
    }

    @Test
    void remembersNoMoreThanOneHour() {
        // when
        seats.sentUntil(SEAT, NOON);

        // then
        assertThat(seats.begin(SEAT, NOON.plus(Duration.ofHours(3)))).isEqualTo(NOON.plus(Duration.ofHours(2)));
    }

    @Test
    void sendsWhatCameWhileNobodyWasConnected() {
        // given
        StreamRecord missed = record("missed", NOON.plusSeconds(30));

        // when
        Instant back = NOON.plusSeconds(60);

        // then
        assertThat(seats.arrived(StreamType.MESSAGE, List.of(missed, record("sent", NOON)), NOON, back))
                .containsExactly(missed);
    }

    @Test
    void sendsALateRecordWhenItComesWhateverItsTimeAndOnlyOnce() {
        // given
        StreamRecord known = record("known", NOON.minusSeconds(10));
        assertThat(seats.arrived(StreamType.MAILLOG, List.of(known), NOON, NOON.plusSeconds(1)))
                .isEmpty();

        // when
        StreamRecord late = record("late", NOON.minus(Duration.ofHours(2)));
        List<StreamRecord> now = List.of(known, late);

        // then
        assertThat(seats.arrived(StreamType.MAILLOG, now, NOON.plusSeconds(1), NOON.plusSeconds(2)))
                .containsExactly(late);
        assertThat(seats.arrived(StreamType.MAILLOG, now, NOON.plusSeconds(2), NOON.plusSeconds(3)))
                .isEmpty();
    }

    @Test
    void keepsTheTokenOutOfWhatMayBeLogged() {
        assertThat(SEAT).hasToString("Seat[type=MESSAGE]");
    }

    private static StreamRecord record(String key, Instant at) {
        return new StreamRecord(key, at, () -> "{}");
    }
}
