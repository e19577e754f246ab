package org.mailtrace.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mailtrace.contract.SourceState.ANSWERED;
import static org.mailtrace.contract.SourceState.DENIED;
import static org.mailtrace.contract.SourceState.FAILED;
import static org.mailtrace.contract.SourceState.OUT_OF_RETENTION;
import static org.mailtrace.contract.SourceState.PARTIAL;
import static org.mailtrace.contract.SourceState.TIMED_OUT;

import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SourceStateTest {
    @Test
    void onlyAnAnswerHasLooked() {
        assertThat(EnumSet.allOf(SourceState.class).stream().filter(SourceState::looked))
                .containsExactly(ANSWERED);
    }

    @Test
    void isAnsweredOnlyWhenEveryPartAnswered() {
        assertThat(SourceState.ofParts(List.of(ANSWERED, ANSWERED))).isEqualTo(ANSWERED);
    }

    @Test
    void isPartialWhenADeadPartMayComeBack() {
        assertThat(SourceState.ofParts(List.of(ANSWERED, TIMED_OUT))).isEqualTo(PARTIAL);
        assertThat(SourceState.ofParts(List.of(FAILED, ANSWERED))).isEqualTo(PARTIAL);
    }

    @Test
    void saysThatWaitingDoesNotHelpWhenItDoesNot() {
        assertThat(SourceState.ofParts(List.of(ANSWERED, DENIED))).isEqualTo(DENIED);
        assertThat(SourceState.ofParts(List.of(ANSWERED, OUT_OF_RETENTION))).isEqualTo(OUT_OF_RETENTION);
    }

    @Test
    void isTheWorstPartWhenNoneLooked() {
        assertThat(SourceState.ofParts(List.of(TIMED_OUT, FAILED))).isEqualTo(FAILED);
        assertThat(SourceState.ofParts(List.of(FAILED, DENIED))).isEqualTo(DENIED);
    }

    @Test
    void needsParts() {
        assertThatThrownBy(() -> SourceState.ofParts(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
