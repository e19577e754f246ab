package org.mailtrace.gateway.ask;

import jakarta.ws.rs.core.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.ClientWebApplicationException;

/** When a service says that it may be asked again: a number of seconds or a date (RFC 9110, section 10.2.3). */
public final class RetryAfter {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

    private RetryAfter() {}

    /** How long to wait, if the refusal says it in a way that can be understood. */
    public static Optional<Duration> of(ClientWebApplicationException refusal, Instant now) {
        return Optional.ofNullable(refusal.getResponse().getHeaderString(HttpHeaders.RETRY_AFTER))
                .flatMap(header -> of(header, now));
    }

    /** How long to wait, if the header says it in a way that can be understood. */
    public static Optional<Duration> of(String header, Instant now) {
        String text = header.strip();
        return SECONDS.matcher(text).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
                : untilDate(text, now);
    }

    private static Optional<Duration> untilDate(String text, Instant now) {
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
