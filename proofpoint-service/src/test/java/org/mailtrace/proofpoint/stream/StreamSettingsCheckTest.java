package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamSettingsCheckTest {
    private static Optional<String> fault(String... pairs) {
        return StreamSettingsCheck.faultIn(StreamFixture.settings("wss://logstream.example:443", pairs), false);
    }

    @Test
    void takesWhatIsSetByDefault() {
        assertThat(fault()).isEmpty();
    }

    @Test
    void theArchiveNeedsAnotherKeyThanTheLiveConnection() {
        assertThat(fault("token", "canary", "archive-token", "canary"))
                .hasValueSatisfying(
                        said -> assertThat(said).contains("archive-token").doesNotContain("canary"));
    }

    @Test
    void anHourIsNotReadBeforeItsLateRecordsCame() {
        assertThat(fault("hour-ready", "9m"))
                .hasValueSatisfying(said -> assertThat(said).contains("hour-ready"));
        assertThat(fault("hour-ready", "10m")).isEmpty();
    }

    @Test
    void aLivePhaseLastsUntilTheVendorHasCaughtUp() {
        assertThat(fault("catch-up", "5m"))
                .hasValueSatisfying(said -> assertThat(said).contains("catch-up"));
    }
}
