package org.mailtrace.proofpoint.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.mailtrace.proofpoint.stream.Missing.Cause;

class ProvenTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:20:00Z");
    private static final Duration READY = Duration.ofMinutes(5);

    private final Proven begun = Proven.NOTHING.begun(NOW, Duration.ofHours(4));

    @Test
    void beginsWithAWholeHourThatTheArchiveStillHas() {
        assertThat(begun.since()).contains(Instant.parse("2026-11-20T09:00:00Z"));
        assertThat(begun.missing())
                .containsExactly(new Missing(Instant.parse("2026-11-20T09:00:00Z"), NOW, Cause.BACKFILL));
        assertThat(Proven.NOTHING.begun(NOW, Duration.ZERO).missing()).isEmpty();
    }

    @Test
    void asksForHoursNewestFirstAndOnlyOnceTheyAreReady() {
        assertThat(begun.fillable(NOW, READY))
                .extracting(hour -> hour.start().toString())
                .containsExactly("2026-11-20T11:00:00Z", "2026-11-20T10:00:00Z", "2026-11-20T09:00:00Z");
        assertThat(begun.fillable(Instant.parse("2026-11-20T13:04:59Z"), READY)).hasSize(3);
        assertThat(begun.fillable(Instant.parse("2026-11-20T13:05:00Z"), READY)).hasSize(4);
    }

    @Test
    void anHourThatWasReadIsNotMissing() {
        Proven read = begun.read(Hour.of(Instant.parse("2026-11-20T10:00:00Z")));

        assertThat(read.missing())
                .extracting(gap -> gap.from() + "/" + gap.to())
                .containsExactly(
                        "2026-11-20T09:00:00Z/2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z/2026-11-20T12:20:00Z");
    }

    @Test
    void anInterruptionIsMissingWithWhatMayHaveComeLateBeforeIt() {
        Proven live = Proven.NOTHING.begun(NOW, Duration.ZERO).heard(NOW.plusSeconds(3600));

        Proven back = live.resumed(NOW.plusSeconds(4000), Duration.ofMinutes(10));

        assertThat(back.missing())
                .containsExactly(new Missing(NOW.plusSeconds(3000), NOW.plusSeconds(4000), Cause.OUTAGE));
        assertThat(back.until()).contains(NOW.plusSeconds(4000));
    }

    @Test
    void aClockThatWasSetBackMakesNoInterruptionShorter() {
        Proven live = Proven.NOTHING.begun(NOW, Duration.ZERO).heard(NOW.plusSeconds(3600));

        Proven back = live.resumed(NOW.plusSeconds(1200), Duration.ofMinutes(10));

        assertThat(back.missing())
                .containsExactly(new Missing(NOW.plusSeconds(600), NOW.plusSeconds(3600), Cause.OUTAGE));
        assertThat(back.until()).as("nothing is claimed of the future").contains(NOW.plusSeconds(1200));
        assertThat(live.isAheadOf(NOW.plusSeconds(1200))).isTrue();
        assertThat(back.isAheadOf(NOW.plusSeconds(1200))).isFalse();
        assertThat(back.isAheadOf(NOW.plusSeconds(1190)))
                .as("a clock that is set by a little")
                .isFalse();
    }

    @Test
    void whatIsLostStaysLostAndIsNotAskedForAgain() {
        Proven lost = begun.lostBefore(Instant.parse("2026-11-20T10:00:00Z"))
                .lost(Hour.of(Instant.parse("2026-11-20T10:00:00Z")))
                .resumed(NOW.plusSeconds(60), Duration.ofDays(1));

        assertThat(lost.missing())
                .contains(new Missing(
                        Instant.parse("2026-11-20T09:00:00Z"), Instant.parse("2026-11-20T11:00:00Z"), Cause.LOST));
        assertThat(lost.fillable(NOW, READY))
                .extracting(hour -> hour.start().toString())
                .containsExactly("2026-11-20T11:00:00Z");
        assertThat(lost.lostBefore(Instant.parse("2026-11-20T10:00:00Z"))).isEqualTo(lost);
    }

    @Test
    void nothingIsClaimedOfWhatIsNotKept() {
        Proven kept = begun.keptFrom(Instant.parse("2026-11-20T11:30:00Z"));

        assertThat(kept.since()).contains(Instant.parse("2026-11-20T11:30:00Z"));
        assertThat(kept.missing())
                .containsExactly(new Missing(Instant.parse("2026-11-20T11:30:00Z"), NOW, Cause.BACKFILL));
    }

    @Test
    void readsWhatItWrote() {
        Proven lost = begun.lostBefore(Instant.parse("2026-11-20T10:00:00Z"));

        assertThat(Proven.missingIn(lost.written())).isEqualTo(lost.missing());
        assertThat(Proven.missingIn("")).isEmpty();
    }

    @Test
    void whatWasSetAsideStaysMissingAndIsNotAskedForAgain() {
        Proven live = Proven.NOTHING.begun(NOW, Duration.ZERO).heard(NOW.plusSeconds(7200));
        Missing one = new Missing(NOW.plusSeconds(99), NOW.plusSeconds(101), Cause.UNREADABLE);
        Missing near = new Missing(NOW.plusSeconds(150), NOW.plusSeconds(152), Cause.UNREADABLE);
        Missing far = new Missing(NOW.plusSeconds(3000), NOW.plusSeconds(3002), Cause.UNREADABLE);

        Proven aside = live.setAside(java.util.List.of(far, one, near));

        assertThat(aside.missing())
                .containsExactly(new Missing(one.from(), near.to(), Cause.UNREADABLE), far)
                .allMatch(Missing::isLost);
        assertThat(aside.fillable(NOW.plus(Duration.ofDays(1)), READY)).isEmpty();
        assertThat(aside.read(Hour.of(NOW)).lost(Hour.of(NOW))).isEqualTo(aside);
        assertThat(Proven.missingIn(aside.written())).isEqualTo(aside.missing());
    }

    @Test
    void aSwarmOfUnreadableRecordsDoesNotMakeTheLedgerGrow() {
        Proven live = Proven.NOTHING.begun(NOW, Duration.ZERO).heard(NOW.plus(Duration.ofDays(20)));

        for (int i = 0; i < 3000; i++) {
            Instant at = NOW.plusSeconds(300L * i);
            live = live.setAside(java.util.List.of(new Missing(at, at.plusSeconds(1), Cause.UNREADABLE)));
        }

        assertThat(live.missing()).hasSizeLessThanOrEqualTo(1001);
    }

    @Test
    void whatIsMissingAnywayIsReadFromTheArchiveThoughARecordOfItWasSetAside() {
        Missing aside = new Missing(NOW.minusSeconds(60), NOW.minusSeconds(58), Cause.UNREADABLE);

        assertThat(begun.setAside(java.util.List.of(aside))).isEqualTo(begun);
    }

    @Test
    void evidenceNeverGoesBack() {
        assertThat(begun.heard(NOW.minusSeconds(1))).isEqualTo(begun);
    }
}
