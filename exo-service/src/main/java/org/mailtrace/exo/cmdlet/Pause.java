package org.mailtrace.exo.cmdlet;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.mailtrace.exo.wire.Reply;

/** The pause that {@code Rate-Limit-Remaining: 0} with {@code Rate-Limit-Reset} asks for before the next request. */
final class Pause {
    private static final Duration LONGEST = Duration.ofHours(1);

    private Pause() {}

    /** The pause, up to one hour; empty if more requests are allowed or the time cannot be read. */
    static Optional<Duration> before(Reply reply, Clock clock) {
        return reply.header("Rate-Limit-Remaining")
                .filter(left -> left.strip().equals("0"))
                .flatMap(left -> reply.header("Rate-Limit-Reset"))
                .flatMap(reset -> read(reset.strip(), clock.instant()))
                .filter(pause -> pause.isPositive())
                .map(pause -> pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
    }

    private static Optional<Duration> read(String reset, Instant now) {
        if (reset.matches("\\d{1,6}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(reset)));
        }
        return date(reset, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                .or(() -> date(reset, DateTimeFormatter.RFC_1123_DATE_TIME))
                .map(end -> Duration.between(now, end));
    }

    private static Optional<Instant> date(String text, DateTimeFormatter format) {
        try {
            return Optional.of(ZonedDateTime.parse(text, format).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
