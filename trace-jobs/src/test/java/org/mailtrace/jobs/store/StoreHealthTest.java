package org.mailtrace.jobs.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.mailtrace.jobs.JobStore;
import org.mailtrace.jobs.Jobs;
import org.mailtrace.jobs.SharedBudget;

class StoreHealthTest {
    @Test
    void isNotReadyAndSaysWhyWhileTheStoreIsANewerMailtraces() {
        // when
        HealthCheckResponse health = new StoreHealth(store(Optional.of("Made by a newer Mailtrace.")), "Store").call();

        // then
        assertThat(health.getName()).isEqualTo("Store");
        assertThat(health.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(health.getData().orElseThrow()).containsEntry("reason", "Made by a newer Mailtrace.");
    }

    @Test
    void isReadyOtherwise() {
        assertThat(new StoreHealth(store(Optional.empty()), "Store").call().getStatus())
                .isEqualTo(HealthCheckResponse.Status.UP);
    }

    private static JobStore store(Optional<String> refusal) {
        return new JobStore() {
            @Override
            public Optional<String> refusal() {
                return refusal;
            }

            @Override
            public Jobs jobs() {
                throw new UnsupportedOperationException();
            }

            @Override
            public SharedBudget budget(String name, int requests, Duration window) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }
}
