package org.mailtrace.exo.quota;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.mailtrace.exo.wire.Reply;

/** Reads the {@code Retry-After} header, seconds or an HTTP date (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    /** Assumed where the vendor names no pause and no quota explains one. */
    public static final Duration USUAL = Duration.ofSeconds(60);

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private RetryAfter() {}

    /** The pause, between one second and one hour; empty if none is named or it cannot be read. */
    public static Optional<Duration> of(Reply reply, Clock clock) {
        return reply.header("Retry-After").flatMap(value -> read(value.strip(), clock));
    }

    private static Optional<Duration> read(String value, Clock clock) {
        try {
            return Optional.of(bounded(
                    value.chars().allMatch(Character::isDigit)
                            ? Duration.ofSeconds(Long.parseLong(value))
                            : Duration.between(
                                    clock.instant(),
                                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME))));
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration pause) {
        if (pause.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
