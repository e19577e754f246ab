package org.mailtrace.gateway.audit;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.gateway.answer.TraceAnswer;

/**
 * What came of a question, as its record says it.
 *
 * @param result {@code ANSWERED}, {@code ORDERED} where a report goes on with it, {@code DONE} where nothing was asked, or
 *     {@code BEGUN} where a further record says what came of it
 * @param status HTTP status
 * @param answer what was shown, if anything was
 * @param known what was known only afterwards, as parameters: the report that was ordered, or the question of one that was read
 */
public record Told(String result, int status, Optional<TraceAnswer> answer, Map<String, List<String>> known) {
    /** Not over yet (RFC 2518, section 10.1); nothing was sent. */
    private static final int PROCESSING = 102;

    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    public Told {
        known = Map.copyOf(known);
    }

    /** It was answered. */
    public static Told shown(TraceAnswer answer) {
        return new Told("ANSWERED", OK, Optional.of(answer), Map.of());
    }

    /** A report was read that had been asked this question. */
    public static Told shown(TraceAnswer answer, Map<String, List<String>> question) {
        return new Told("ANSWERED", OK, Optional.of(answer), question);
    }

    /** A report of this id was ordered; nothing was shown yet. */
    public static Told ordered(String report) {
        return new Told("ORDERED", ACCEPTED, Optional.empty(), Map.of("report", List.of(report)));
    }

    /** It was done; there was nothing to show of anybody's mail. */
    public static Told done() {
        return new Told("DONE", OK, Optional.empty(), Map.of());
    }

    /** It is about to be done. */
    static Told begun() {
        return new Told("BEGUN", PROCESSING, Optional.empty(), Map.of());
    }

    static Told failed(String result, int status) {
        return new Told(result, status, Optional.empty(), Map.of());
    }
}
