package org.mailtrace.standins.story;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The times of a story: {@code 90s}, {@code -3h}, {@code 1d12h}, or an RFC 3339 instant. */
final class StoryTimes {
    private static final Pattern SHORT = Pattern.compile("([+-])?((?:\\d+[dhms])+)");
    private static final Pattern PART = Pattern.compile("(\\d+)([dhms])");

    private StoryTimes() {}

    static Optional<Duration> duration(String text) {
        Matcher whole = SHORT.matcher(text);
        if (!whole.matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(whole.group(2));
        while (part.find()) {
            sum = sum.plus(of(Long.parseLong(part.group(1)), part.group(2)));
        }
        return Optional.of("-".equals(whole.group(1)) ? sum.negated() : sum);
    }

    static Optional<Instant> instant(String text, Instant start) {
        Optional<Duration> relative = duration(text);
        if (relative.isPresent()) {
            return relative.map(start::plus);
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration of(long amount, String unit) {
        return switch (unit) {
            case "d" -> Duration.ofDays(amount);
            case "h" -> Duration.ofHours(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofSeconds(amount);
        };
    }
}
