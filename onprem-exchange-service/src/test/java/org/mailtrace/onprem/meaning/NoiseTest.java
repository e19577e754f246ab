package org.mailtrace.onprem.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mailtrace.onprem.LogFixture;
import org.mailtrace.onprem.record.TrackingRow;

/** All rows here are synthetic. */
class NoiseTest {
    private static final String HEALTH = "HealthMailbox83d6781be36b4bbf8893b03c2ee379ab@rivercounty.example";

    private final Noise noise = new Noise();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HAREDIRECT",
                "HARECEIVE",
                "HADISCARD",
                "HAREDIRECTFAIL",
                "AGENTINFO",
                "NOTIFYMAPI",
                "NOTIFYSHADOW",
                "LOAD"
            })
    void takesHousekeepingEventsForNoise(String event) {
        assertThat(is(event, "recipient-address", "ana@rivercounty.example")).isTrue();
    }

    @Test
    void takesTheServersOwnProbesForNoise() {
        assertThat(is("RECEIVE", "return-path", HEALTH, "recipient-address", HEALTH))
                .isTrue();
        assertThat(is("SUBMIT", "sender-address", HEALTH)).isTrue();
    }

    @Test
    void letsNobodyHideAMessageBehindAProbesName() {
        assertThat(is("RECEIVE", "return-path", HEALTH, "recipient-address", "ana@rivercounty.example"))
                .isFalse();
        assertThat(is("DELIVER", "recipient-address", "healthmailbox@rivercounty.example"))
                .isFalse();
        assertThat(is("DELIVER", "recipient-address", "healthmailboxadmin@rivercounty.example"))
                .isFalse();
    }

    private boolean is(String event, String... pairs) {
        return noise.is(new TrackingRow(Instant.EPOCH, LogFixture.values(Instant.EPOCH, "SMTP", event, pairs)));
    }
}
