package org.mailtrace.proofpoint.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;

class IndexHealthTest {
    @Test
    void isNotReadyAndSaysWhyWhileTheIndexIsANewerMailtraces() {
        // when
        HealthCheckResponse answer = IndexHealth.health(Optional.of("Made by a newer Mailtrace."));

        // then
        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(answer.getData().orElseThrow()).containsEntry("reason", "Made by a newer Mailtrace.");
    }

    @Test
    void isReadyOtherwise() {
        assertThat(IndexHealth.health(Optional.empty()).getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }
}
