package org.mailtrace.proofpoint.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mailtrace.contract.CredentialState;
import org.mailtrace.contract.SourceState;
import org.mailtrace.proofpoint.slicing.Window;
import org.mailtrace.proofpoint.stream.Known;
import org.mailtrace.proofpoint.vendor.Credentials;

class ReachedTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant FROM = NOW.minus(Duration.ofHours(10));

    @Test
    void coversAWindowThatWasFollowedWithoutAGap() {
        Reached reached = reached(Optional.of(hours(30)), Optional.of(NOW.minusSeconds(3)));

        assertThat(reached.open()).isEmpty();
        assertThat(reached.state()).isEqualTo(SourceState.ANSWERED);
        assertThat(reached.explanation("message")).isEmpty();
        assertThat(reached.provenUntil()).isEqualTo(NOW.minusSeconds(303));
    }

    @Test
    void provesNothingBeforeTheFirstConnection() {
        Reached reached = reached(Optional.empty(), Optional.empty());

        assertThat(reached.open()).containsExactly(new Window(FROM, NOW));
        assertThat(reached.state()).isEqualTo(SourceState.PARTIAL);
        assertThat(reached.provenUntil()).isEqualTo(FROM);
        assertThat(reached.explanation("message"))
                .hasValueSatisfying(text -> assertThat(text).contains("not brought any"));
    }

    @Test
    void isOpenWhereAGapTouchesTheWindow() {
        Reached reached = reached(
                Optional.of(hours(30)),
                Optional.of(NOW),
                new Known.Gap(hours(20), hours(15), "too old for the window", false),
                new Known.Gap(hours(11), hours(9), "The connection broke.", false),
                new Known.Gap(hours(5), hours(4), "The archive has no older records.", true));

        assertThat(reached.open()).containsExactly(new Window(FROM, hours(9)), new Window(hours(5), hours(4)));
        assertThat(reached.state()).isEqualTo(SourceState.PARTIAL);
        assertThat(reached.explanation("message").orElseThrow())
                .contains("The connection broke.", "The archive has no older records.")
                .doesNotContain("too old");
    }

    @Test
    void saysThatItsRecordsBeginLater() {
        Reached reached = reached(Optional.of(hours(2)), Optional.of(NOW));

        assertThat(reached.open()).containsExactly(new Window(FROM, hours(2)));
        assertThat(reached.state()).isEqualTo(SourceState.OUT_OF_RETENTION);
    }

    @Test
    void isOpenAtTheEndOnceNothingHasComeForLongerThanItMayTake() {
        assertThat(reached(Optional.of(hours(30)), Optional.of(NOW.minusSeconds(299)))
                        .open())
                .isEmpty();
        Reached behind = reached(Optional.of(hours(30)), Optional.of(NOW.minusSeconds(301)));
        // What was logged in the last minutes before may not have come, either.
        assertThat(behind.open()).containsExactly(new Window(NOW.minusSeconds(601), NOW));
        assertThat(behind.state()).isEqualTo(SourceState.PARTIAL);
    }

    @Test
    void needsNoNewRecordsForAWindowThatEndedBefore() {
        Known known = new Known(Optional.of(hours(30)), Optional.of(hours(5)), List.of(), Optional.of("It is down."));
        Reached reached = new Reached(known, hours(10), hours(6), NOW, Duration.ofMinutes(5));

        assertThat(reached.state()).isEqualTo(SourceState.ANSWERED);
        assertThat(reached.provenUntil()).isEqualTo(hours(6));
    }

    @Test
    void isDeniedWhereNothingComesBecauseTheTokenIsRefused() {
        // given
        Credentials.Seen refused = new Credentials.Seen(CredentialState.REFUSED, Optional.of(hours(4)));
        Optional<String> why = Optional.of("The token is refused.");
        Known never = new Known(Optional.empty(), Optional.empty(), List.of(), why, refused);
        Known since = new Known(Optional.of(hours(30)), Optional.of(hours(4)), List.of(), why, refused);

        // then
        assertThat(new Reached(never, FROM, NOW, NOW, Duration.ofMinutes(5)).state())
                .isEqualTo(SourceState.DENIED);
        assertThat(new Reached(since, FROM, NOW, NOW, Duration.ofMinutes(5)).state())
                .isEqualTo(SourceState.DENIED);
        assertThat(new Reached(since, FROM, hours(5), NOW, Duration.ofMinutes(5)).state())
                .as("what had come before answers")
                .isEqualTo(SourceState.ANSWERED);
    }

    @Test
    void saysOfAGapThatCanBeFilledWhatIsWrongAtTheMoment() {
        Known known = new Known(
                Optional.of(hours(30)),
                Optional.of(NOW),
                List.of(new Known.Gap(hours(5), hours(4), "The connection broke.", false)),
                Optional.of("The archive refuses the token."));

        assertThat(new Reached(known, FROM, NOW, NOW, Duration.ofMinutes(5)).explanation("message"))
                .hasValueSatisfying(text -> assertThat(text).contains("The archive refuses the token."));
        assertThat(new Reached(known, hours(2), NOW, NOW, Duration.ofMinutes(5)).explanation("message"))
                .isEmpty();
    }

    @Test
    void claimsNothingOfTheFutureWhenAClockWasSetBack() {
        Reached reached = new Reached(
                new Known(Optional.of(hours(30)), Optional.of(NOW.plusSeconds(3600)), List.of(), Optional.empty()),
                FROM,
                NOW.plusSeconds(7200),
                NOW,
                Duration.ofMinutes(5));

        assertThat(reached.provenUntil()).isEqualTo(NOW.minusSeconds(300));
    }

    @Test
    void claimsNothingThatWasRemovedWhileItWasSearched() {
        Reached reached = reached(Optional.of(hours(30)), Optional.of(NOW)).notBefore(hours(2));

        assertThat(reached.state()).isEqualTo(SourceState.OUT_OF_RETENTION);
    }

    private static Instant hours(int ago) {
        return NOW.minus(Duration.ofHours(ago));
    }

    private static Reached reached(Optional<Instant> since, Optional<Instant> until, Known.Gap... gaps) {
        return new Reached(
                new Known(since, until, List.of(gaps), Optional.empty()), FROM, NOW, NOW, Duration.ofMinutes(5));
    }
}
