package org.mailtrace.onprem.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.mailtrace.index.TraceIndex;

class IndexHealthTest {
    @Test
    void staysReadyAndNamesTheReasonWhileTheIndexCannotBeWritten() {
        // given
        HealthCheckResponse answer = health(Optional.of("The disk that the index is on is full."));

        // then
        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(answer.getData().orElseThrow())
                .containsEntry("state", "DEGRADED")
                .containsEntry("reason", "The disk that the index is on is full.");
    }

    @Test
    void saysThatNothingIsWrong() {
        assertThat(health(Optional.empty()).getData().orElseThrow()).containsEntry("state", "WRITABLE");
    }

    private static HealthCheckResponse health(Optional<String> trouble) {
        TraceIndex index = (TraceIndex) Proxy.newProxyInstance(
                TraceIndex.class.getClassLoader(), new Class<?>[] {TraceIndex.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("trouble");
                    return trouble;
                });
        return new IndexHealth(index).call();
    }
}
