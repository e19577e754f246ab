package org.mailtrace.http.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Instants as the contract writes them, without the general parser and formatter of the platform, which were a tenth of
 * what an answer of a gateway cost.
 */
final class InstantText {
    private static final DateTimeFormatter ANY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** {@code 2026-11-23T08:12:04} and then {@code Z} or a fraction. */
    private static final int SECONDS_END = 19;

    private static final int NANO_DIGITS = 9;

    private InstantText() {}

    /** UTC with exactly three fraction digits. */
    static String millis(Instant instant) {
        LocalDateTime at = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        if (at.getYear() < 0 || at.getYear() > 9999) {
            return ANY.format(instant);
        }
        char[] text = "0000-00-00T00:00:00.000Z".toCharArray();
        write(text, 0, 4, at.getYear());
        write(text, 5, 2, at.getMonthValue());
        write(text, 8, 2, at.getDayOfMonth());
        write(text, 11, 2, at.getHour());
        write(text, 14, 2, at.getMinute());
        write(text, 17, 2, at.getSecond());
        write(text, 20, 3, at.getNano() / 1_000_000);
        return new String(text);
    }

    private static void write(char[] text, int at, int digits, int number) {
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            text[i] = (char) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** An instant in UTC with up to nine fraction digits; empty if the text is written in any other way, or is none. */
    static Optional<Instant> plain(String text) {
        int end = text.length() - 1;
        boolean shaped = end >= SECONDS_END
                && end <= SECONDS_END + 1 + NANO_DIGITS
                && end != SECONDS_END + 1
                && text.charAt(end) == 'Z'
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && (end == SECONDS_END || text.charAt(SECONDS_END) == '.');
        if (!shaped) {
            return Optional.empty();
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, SECONDS_END);
        int fraction = end == SECONDS_END ? 0 : number(text, SECONDS_END + 1, end);
        if (Math.min(Math.min(Math.min(year, month), Math.min(day, hour)), Math.min(Math.min(minute, second), fraction))
                < 0) {
            return Optional.empty();
        }
        for (int digits = end - SECONDS_END - 1; end > SECONDS_END && digits < NANO_DIGITS; digits++) {
            fraction *= 10;
        }
        try {
            return Optional.of(LocalDateTime.of(year, month, day, hour, minute, second, fraction)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** -1 if it is none. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}
