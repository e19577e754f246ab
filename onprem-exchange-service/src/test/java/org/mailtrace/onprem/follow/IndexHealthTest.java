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
        HealthCheckResponse answer = health(Optional.of("The disk that the index is on is full."), Optional.empty());

        // then
        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(answer.getData().orElseThrow())
                .containsEntry("state", "DEGRADED")
                .containsEntry("reason", "The disk that the index is on is full.");
    }

    @Test
    void saysThatNothingIsWrong() {
        assertThat(health(Optional.empty(), Optional.empty()).getData().orElseThrow())
                .containsEntry("state", "WRITABLE");
    }

    @Test
    void isNotReadyAndSaysWhyWhileTheIndexIsANewerMailtraces() {
        // when
        HealthCheckResponse answer = health(
                Optional.of("The index could not be read or written."), Optional.of("Made by a newer Mailtrace."));

        // then
        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(answer.getData().orElseThrow())
                .containsEntry("state", "REFUSED")
                .containsEntry("reason", "Made by a newer Mailtrace.");
    }

    private static HealthCheckResponse health(Optional<String> trouble, Optional<String> refusal) {
        TraceIndex index = (TraceIndex) Proxy.newProxyInstance(
                TraceIndex.class.getClassLoader(), new Class<?>[] {TraceIndex.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "trouble" -> trouble;
                        case "refusal" -> refusal;
                        default -> throw new AssertionError(method);
                    };
                });
        return new IndexHealth(index).call();
    }
}
