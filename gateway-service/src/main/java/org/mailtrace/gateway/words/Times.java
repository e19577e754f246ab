package org.mailtrace.gateway.words;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Times as people read them: in the configured zone, the day only where it is not today. In the hour that comes twice when
 * clocks are set back, the offset tells the two apart.
 */
public final class Times {
    private static final DateTimeFormatter TODAY = pattern("HH:mm");
    private static final DateTimeFormatter OTHER_DAY = pattern("d MMMM, HH:mm");
    private static final DateTimeFormatter OTHER_YEAR = pattern("d MMMM uuuu, HH:mm");
    private static final DateTimeFormatter SECOND = pattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter OFFSET = pattern("' (UTC'xxx')'");
    private static final Pattern TIME = Pattern.compile("\\b\\d{2}:\\d{2}\\b");

    private final ZoneId zone;

    public Times(ZoneId zone) {
        this.zone = zone;
    }

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    /** The zone's name, such as {@code America/Denver}. */
    public String zone() {
        if (zone instanceof ZoneOffset) {
            return zone.equals(ZoneOffset.UTC) ? "UTC" : "UTC" + zone;
        }
        return zone.getId();
    }

    /** For those who read times and do not know where they are from. */
    public String areInZone() {
        return "Times are in " + zone() + ".";
    }

    /** Whether a text tells a time. */
    static boolean areIn(String text) {
        return TIME.matcher(text).find();
    }

    String say(Instant instant, Instant now) {
        ZonedDateTime then = instant.atZone(zone);
        ZonedDateTime today = now.atZone(zone);
        if (then.toLocalDate().equals(today.toLocalDate())) {
            return said(TODAY, then);
        }
        return said(then.getYear() == today.getYear() ? OTHER_DAY : OTHER_YEAR, then);
    }

    /** With the day and the year. */
    public String day(Instant instant) {
        return said(OTHER_YEAR, instant.atZone(zone));
    }

    /** To the second, with the date. */
    public String second(Instant instant) {
        return said(SECOND, instant.atZone(zone));
    }

    private String said(DateTimeFormatter format, ZonedDateTime then) {
        boolean comesTwice =
                zone.getRules().getValidOffsets(then.toLocalDateTime()).size() > 1;
        return format.format(then) + (comesTwice ? OFFSET.format(then) : "");
    }

    /** As an answer to "when": "at 09:14", or "on 9 November at 09:14". */
    String moment(Instant instant, Instant now) {
        String said = say(instant, now);
        return said.contains(", ") ? "on " + said.replace(", ", " at ") : "at " + said;
    }

    /** Rounded down, to seconds where it is short. */
    static String atLeast(Duration duration) {
        return duration.compareTo(Duration.ofMinutes(2)) < 0 ? duration.toSeconds() + " seconds" : say(duration);
    }

    static String say(Duration duration) {
        if (duration.compareTo(Duration.ofDays(2)) >= 0) {
            return duration.toDays() + " days";
        }
        if (duration.compareTo(Duration.ofHours(2)) >= 0) {
            return duration.toHours() + " hours";
        }
        return duration.toMinutes() + (duration.toMinutes() == 1 ? " minute" : " minutes");
    }
}
