package org.mailtrace.onprem.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.mailtrace.onprem.follow.TestClock;
import org.mailtrace.onprem.live.wsman.Deadline;
import org.mailtrace.onprem.live.wsman.RefusedException;

class PatientShellsTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-11-23T08:00:00Z"));
    private final AtomicReference<String> password = new AtomicReference<>("old");
    private final AtomicReference<RefusedException.Reason> answer =
            new AtomicReference<>(RefusedException.Reason.NOT_AUTHENTICATED);
    private final List<String> sent = new ArrayList<>();
    private final Shells shells = new PatientShells(
            password::get,
            current -> deadline -> {
                sent.add(current);
                throw new RefusedException(answer.get());
            },
            clock);

    @Test
    void sendsARefusedPasswordOnlyOnceInAnHour() {
        // when
        ask(5);
        clock.pass(Duration.ofMinutes(59));
        ask(5);

        // then
        assertThat(sent).containsExactly("old");

        // when
        clock.pass(Duration.ofMinutes(2));
        ask(1);

        // then
        assertThat(sent).containsExactly("old", "old");
    }

    @Test
    void sendsAChangedPasswordAtOnce() {
        // given
        ask(2);

        // when
        password.set("new");
        ask(1);

        // then
        assertThat(sent).containsExactly("old", "new");
    }

    @Test
    void goesOnAskingWhenTheAccountIsKnownButMayNot() {
        // given
        answer.set(RefusedException.Reason.NOT_ALLOWED);

        // when
        ask(3);

        // then
        assertThat(sent).hasSize(3);
    }

    private void ask(int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> shells.open(Deadline.in(Duration.ofSeconds(5))))
                    .isInstanceOf(RefusedException.class);
        }
    }
}
