package org.mailtrace.standins.proofpoint;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The stretch of the archive that is asked for, in whole hours.
 *
 * @param since rounded down
 * @param until rounded up; absent if the live stream follows
 */
record StreamRange(Instant since, Optional<Instant> until) {
    private static final Duration KEPT = Duration.ofDays(30);
    /** The archive gets an hour's last records only after the hour. */
    private static final Duration SETTLING = Duration.ofMinutes(5);

    private static final int ONE_IN = 3;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSSSSS][.SSS][XXX][XX]");

    /**
     * Reads the parameters.
     *
     * @throws IllegalArgumentException if they are no times, the wrong way round, or of longer ago than 30 days
     */
    static StreamRange of(String since, Optional<String> until, Instant now) {
        Instant from = time(since).truncatedTo(ChronoUnit.HOURS);
        Optional<Instant> to = until.map(StreamRange::time).map(StreamRange::roundedUp);
        if (from.isBefore(now.minus(KEPT).truncatedTo(ChronoUnit.HOURS))) {
            throw new IllegalArgumentException("sinceTime is more than 30 days ago");
        }
        if (to.isPresent() && !to.get().isAfter(from)) {
            throw new IllegalArgumentException("toTime is not after sinceTime");
        }
        return new StreamRange(from, to);
    }

    List<StreamRecord> of(List<StreamRecord> records, Instant now) {
        return records.stream()
                .filter(record -> !record.at().isBefore(since)
                        && until.map(record.at()::isBefore).orElse(true))
                .filter(record -> isSettled(record, now) || record.chance() % ONE_IN != 0)
                .toList();
    }

    private static boolean isSettled(StreamRecord record, Instant now) {
        Instant end = record.at().truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        return !end.plus(SETTLING).isAfter(now);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text, TIME).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time is none", e);
        }
    }

    private static Instant roundedUp(Instant time) {
        Instant hour = time.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(time) ? hour : hour.plus(1, ChronoUnit.HOURS);
    }
}
