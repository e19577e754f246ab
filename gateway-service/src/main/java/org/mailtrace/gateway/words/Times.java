package org.mailtrace.gateway.words;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as a sentence says them: in the configured zone, the day only where it is not today. */
final class Times {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter OTHER_DAY = DateTimeFormatter.ofPattern("d MMMM, HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter OTHER_YEAR =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.ENGLISH);

    private final ZoneId zone;

    Times(ZoneId zone) {
        this.zone = zone;
    }

    String say(Instant instant, Instant now) {
        ZonedDateTime then = instant.atZone(zone);
        ZonedDateTime today = now.atZone(zone);
        if (then.toLocalDate().equals(today.toLocalDate())) {
            return TODAY.format(then);
        }
        return (then.getYear() == today.getYear() ? OTHER_DAY : OTHER_YEAR).format(then);
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
