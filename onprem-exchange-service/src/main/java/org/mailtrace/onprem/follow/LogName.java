package org.mailtrace.onprem.follow;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a tracking log, such as {@code MSGTRKMS2022091915-1.LOG}: documented by day, written by hour since
 * Exchange 2013. Date and hour are UTC.
 *
 * @param lane its prefix; each is written and purged on its own
 * @param start when its period begins
 * @param end when its period ends
 * @param serial its number within the period, from 1
 */
record LogName(String lane, Instant start, Instant end, int serial) {
    /** As Exchange counts: by period, and by serial within it. */
    static final Comparator<LogName> OLDEST_FIRST =
            Comparator.comparing(LogName::start).thenComparingInt(LogName::serial);

    private static final Pattern SHAPE =
            Pattern.compile("^(MSGTRK(?:MA|MD|MS|M)?)(\\d{4})(\\d{2})(\\d{2})(\\d{2})?-(\\d{1,9})\\.LOG$");
    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("uuuuMMddHH").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZoneOffset.UTC);

    /** Reads a file name; empty if it is no tracking log. */
    static Optional<LogName> of(String name) {
        Matcher matcher = SHAPE.matcher(name.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            boolean hourly = matcher.group(5) != null;
            // Without a formatter: every name is read at every look, and that was the most garbage of a service that
            // rests.
            Instant start = LocalDate.of(number(matcher, 2), number(matcher, 3), number(matcher, 4))
                    .atTime(hourly ? number(matcher, 5) : 0, 0)
                    .toInstant(ZoneOffset.UTC);
            return Optional.of(new LogName(
                    matcher.group(1),
                    start,
                    start.plus(hourly ? Duration.ofHours(1) : Duration.ofDays(1)),
                    number(matcher, 6)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** Whether nothing can have been between this file and the next. */
    boolean isFollowedBy(LogName next) {
        return start.equals(next.start) ? serial + 1 == next.serial : end.equals(next.start) && next.serial == 1;
    }

    /** The name of another file of this period. */
    String withSerial(int other) {
        boolean hourly = Duration.between(start, end).equals(Duration.ofHours(1));
        return lane + (hourly ? HOUR : DAY).format(start) + "-" + other + ".LOG";
    }
}
