package org.mailtrace.proofpoint.vendor;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header Retry-After, which names seconds or a moment (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    /** No header may silence a source for longer. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private RetryAfter() {}

    /**
     * How long to wait: a second at least, an hour at most.
     *
     * @param now UTC
     * @return empty if the text names neither seconds nor a moment
     */
    public static Optional<Duration> in(String header, Instant now) {
        String text = header.strip();
        try {
            return Optional.of(bounded(Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST.toSeconds()))));
        } catch (NumberFormatException e) {
            return untilDate(text, now);
        }
    }

    private static Optional<Duration> untilDate(String text, Instant now) {
        try {
            Instant end = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(bounded(Duration.between(now, end)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
