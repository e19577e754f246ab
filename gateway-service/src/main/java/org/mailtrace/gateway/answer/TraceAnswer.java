package org.mailtrace.gateway.answer;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the gateway answers to one question.
 *
 * @param query the question as it was understood, its window made explicit
 * @param complete whether every source that must or may have a row looked over the whole window
 * @param summary what was found, what is not proven, and until when
 * @param timeZone the zone of all times in {@code summary} and in the sentences; instants are UTC
 * @param traces newest first
 * @param sources every configured source, always
 */
public record TraceAnswer(
        QueryEcho query,
        boolean complete,
        String summary,
        Optional<String> timeZone,
        List<Trace> traces,
        List<SourceReport> sources,
        List<String> warnings,
        PageLinks page) {
    public TraceAnswer {
        // Reports that were kept before the zone was told do not say it.
        timeZone = Optional.ofNullable(timeZone).flatMap(zone -> zone);
        traces = List.copyOf(traces);
        sources = List.copyOf(sources);
        warnings = List.copyOf(warnings);
    }

    /** The same answer with the address of its next page. */
    public TraceAnswer withNext(Optional<String> next) {
        return new TraceAnswer(query, complete, summary, timeZone, traces, sources, warnings, new PageLinks(next));
    }

    /** The question as it was understood. */
    public record QueryEcho(
            Optional<String> sender,
            List<String> recipient,
            Optional<String> subject,
            Optional<String> messageId,
            Instant from,
            Instant to,
            int limit,
            Optional<String> ticket) {}

    /** Where the next page is; no {@code next} on the last page. */
    public record PageLinks(Optional<String> next) {}
}
