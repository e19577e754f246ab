package org.mailtrace.standins.exo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The period that a question is about, both ends included: at most ten days wide, not before the first moment (UTC) of
 * the 90th day before today; the last 48 hours if nothing is said. The texts were measured in public, except for those
 * about periods that end before they begin or in the future.
 */
public record TracePeriod(Instant from, Instant to) {
    private static final Duration WIDEST = Duration.ofDays(10);
    private static final int OLDEST_DAYS = 90;
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /**
     * The period between two bounds.
     *
     * @throws TraceRefusedException if there is only one, or if tracing does not reach that far
     */
    public static TracePeriod of(Optional<Instant> start, Optional<Instant> end, Instant now) {
        if (start.isPresent() != end.isPresent()) {
            throw new TraceRefusedException(
                    start.isPresent()
                            ? "EndDate is required when a StartDate is entered."
                            : "StartDate is required when an EndDate is entered.");
        }
        TracePeriod period = new TracePeriod(start.orElse(now.minus(2, ChronoUnit.DAYS)), end.orElse(now));
        period.check(now);
        return period;
    }

    /** Whether a moment lies in it. */
    public boolean contains(Instant moment) {
        return !moment.isBefore(from) && !moment.isAfter(to);
    }

    private void check(Instant now) {
        Instant oldest = now.atOffset(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .minusDays(OLDEST_DAYS)
                .toInstant();
        if (from.isBefore(oldest)) {
            throw new TraceRefusedException(
                    "Invalid StartDate value. The StartDate can't be older than 90 days from today.");
        }
        if (Duration.between(from, to).compareTo(WIDEST) > 0) {
            throw new TraceRefusedException(
                    "|System.ArgumentException|The interval between StartDate and EndDate can't be longer than 10 days.");
        }
        if (from.isAfter(to)) {
            throw new TraceRefusedException("Invalid StartDate value. The StartDate can't be later than EndDate.");
        }
        if (to.isAfter(now.plus(CLOCK_SKEW))) {
            throw new TraceRefusedException("Invalid EndDate value. The EndDate can't be in the future.");
        }
    }
}
