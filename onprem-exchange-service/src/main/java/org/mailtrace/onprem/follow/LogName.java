package org.mailtrace.onprem.follow;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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
 * @param serial its number within the period, from 1
 */
record LogName(String lane, Instant start, int serial) {
    private static final Pattern SHAPE = Pattern.compile("^(MSGTRK(?:MA|MD|MS|M)?)(\\d{8})(\\d{2})?-(\\d{1,9})\\.LOG$");

    /** Reads a file name; empty if it is no tracking log. */
    static Optional<LogName> of(String name) {
        Matcher matcher = SHAPE.matcher(name.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.parse(matcher.group(2), DateTimeFormatter.BASIC_ISO_DATE);
            int hour = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
            return Optional.of(new LogName(
                    matcher.group(1),
                    day.atTime(hour, 0).toInstant(ZoneOffset.UTC),
                    Integer.parseInt(matcher.group(4))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
