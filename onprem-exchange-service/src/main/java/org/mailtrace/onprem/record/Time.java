package org.mailtrace.onprem.record;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The time of a record. Exchange writes {@code 2026-11-23T08:12:04.000Z}, always UTC; that shape is read without the
 * general parser, which costs more than all the rest of a record. Everything else is left to it.
 */
final class Time {
    private static final String SHAPE = "dddd-dd-ddTdd:dd:dd.dddZ";
    private static final int SECONDS_OF_DAY = 24 * 60 * 60;

    private Time() {}

    static Optional<Instant> of(String text) {
        try {
            return Optional.of(isUsual(text) ? usual(text) : Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant usual(String text) {
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(text);
        }
        long day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                .toEpochDay();
        long seconds = day * SECONDS_OF_DAY + (hour * 60L + minute) * 60 + second;
        return Instant.ofEpochMilli(seconds * 1000 + number(text, 20, 23));
    }

    private static boolean isUsual(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char c = text.charAt(i);
            char shape = SHAPE.charAt(i);
            if (shape == 'd' ? c < '0' || c > '9' : c != shape) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
