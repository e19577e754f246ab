package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogNameTest {
    @ParameterizedTest
    @CsvSource({
        "MSGTRK2026112807-1.LOG, MSGTRK, 2026-11-28T07:00:00Z, 2026-11-28T08:00:00Z, 1",
        "msgtrkms2024022923-12.log, MSGTRKMS, 2024-02-29T23:00:00Z, 2024-03-01T00:00:00Z, 12",
        "MSGTRKMD20261231-3.LOG, MSGTRKMD, 2026-12-31T00:00:00Z, 2027-01-01T00:00:00Z, 3"
    })
    void saysWhatPeriodItIsOf(String name, String lane, Instant start, Instant end, int serial) {
        assertThat(LogName.of(name)).contains(new LogName(lane, start, end, serial));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MSGTRK2026023007-1.LOG",
                "MSGTRK2026112824-1.LOG",
                "MSGTRK2026130107-1.LOG",
                "MSGTRK2026112807-1.LOG.gz",
                "MSGTRKXX2026112807-1.LOG",
                "MSGTRK202611280-1.LOG",
                "MSGTRK2026112807-1234567890.LOG"
            })
    void whatIsNoMomentOrNoLogIsNone(String name) {
        assertThat(LogName.of(name)).isEmpty();
    }

    @Test
    void namesItsNeighbours() {
        // given
        LogName hour = LogName.of("MSGTRKMA2026112807-2.LOG").orElseThrow();
        LogName day = LogName.of("MSGTRKMA20261128-2.LOG").orElseThrow();

        // then
        assertThat(hour.withSerial(1)).isEqualTo("MSGTRKMA2026112807-1.LOG");
        assertThat(day.withSerial(7)).isEqualTo("MSGTRKMA20261128-7.LOG");
    }
}
