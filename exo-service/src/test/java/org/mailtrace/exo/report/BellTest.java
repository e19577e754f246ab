package org.mailtrace.exo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class BellTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final Bell bell = new Bell();

    @Test
    void wakesOneWhoHasNothingToDo() throws InterruptedException {
        // given
        Thread idle = waiting(() -> bell.idle(LONG));

        // when
        bell.ring();

        // then
        assertThat(idle.join(Duration.ofSeconds(10))).isTrue();
        assertThat(bell.isOver()).isFalse();
    }

    @Test
    void wakesEverybodyForTheEnd() throws InterruptedException {
        // given
        Thread idle = waiting(() -> bell.idle(LONG));
        Thread resting = waiting(() -> bell.rest(LONG));

        // when
        bell.ring();
        bell.end();

        // then
        assertThat(idle.join(Duration.ofSeconds(10))).isTrue();
        assertThat(resting.join(Duration.ofSeconds(10))).isTrue();
        assertThat(bell.isOver()).isTrue();
    }

    private static Thread waiting(Runnable work) {
        Thread thread = Thread.ofPlatform().start(work);
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }
}
