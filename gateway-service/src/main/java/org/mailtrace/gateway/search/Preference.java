package org.mailtrace.gateway.search;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a caller prefers (RFC 7240): to be answered later rather than to wait. */
final class Preference {
    static final String HEADER = "Prefer";
    static final String APPLIED = "Preference-Applied";
    private static final String ASYNC = "respond-async";
    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);

    private Preference() {}

    /**
     * How long the caller waits at most before it is answered later; empty if it waits for the answer, as callers do who
     * prefer nothing. What cannot be understood is not preferred.
     *
     * @param headers all values of the header
     * @param longest no longer than this
     */
    static Optional<Duration> waitIn(List<String> headers, Duration longest) {
        List<String> preferences = headers.stream()
                .flatMap(header -> Stream.of(header.split(",", -1)))
                .map(text -> text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .toList();
        if (!preferences.contains(ASYNC)) {
            return Optional.empty();
        }
        Duration wait = preferences.stream()
                .map(text -> text.replace(" ", "").replace("\"", ""))
                .filter(text -> text.matches("wait=\\d{1,4}"))
                .findFirst()
                .map(text -> Duration.ofSeconds(Long.parseLong(text.substring(5))))
                .orElse(USUAL_WAIT);
        return Optional.of(wait.compareTo(longest) > 0 ? longest : wait);
    }

    /** What was followed, for an answer within the wait. */
    static String waited(Duration wait) {
        return "wait=" + wait.toSeconds();
    }

    /** What was followed, for an answer that comes later. */
    static String later(Duration wait) {
        return ASYNC + ", wait=" + wait.toSeconds();
    }
}
