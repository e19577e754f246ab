package org.mailtrace.proofpoint.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VendorDatesTest {
    private static final Instant MOMENT = Instant.parse("2020-05-20T20:13:02Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2020-05-20 14:13:02 [UTC-0600]",
                "2020-05-20 14:13:02 [UTC-06:00]",
                "2020-05-20 20:13:02 [UTC]",
                "2020-05-20 20:13:02 [UTC+0000]",
                "2020-05-20 20:13:02",
                "2020-05-20T14:13:02-0600",
                "2020-05-20T14:13:02.000000-06:00",
                "2020-05-20T20:13:02Z",
                "2020-05-20T20:13:02+0000",
                " 2020-05-20 20:13:02 [UTCZ] ",
            })
    void readsEveryForm(String text) {
        assertThat(VendorDates.parse(text)).contains(MOMENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2020-13-40 99:99:99 [UTC-0600]",
                "2020-05-20",
                "1589999582",
                "2020-05-20 14:13:02 [PST]"
            })
    void refusesWhatIsNoDate(String text) {
        assertThat(VendorDates.parse(text)).isEmpty();
    }

    @Test
    void tellsWhetherAZoneIsNamed() {
        assertThat(VendorDates.namesZone("2020-05-20 14:13:02 [UTC-0600]")).isTrue();
        assertThat(VendorDates.namesZone("2020-05-20 14:13:02")).isFalse();
    }

    @Test
    void writesWhatTheVendorReads() {
        assertThat(VendorDates.forSearch(MOMENT)).isEqualTo("2020-05-20T20:13:02+0000");
        assertThat(VendorDates.forQuarantine(MOMENT)).isEqualTo("2020-05-20 20:13:02");
    }
}
