package org.mailtrace.gateway.format;

import java.util.List;
import java.util.Optional;
import org.mailtrace.gateway.answer.SourceReport;
import org.mailtrace.gateway.answer.TraceAnswer;

/**
 * The end of a streamed answer: everything but the traces.
 *
 * @param timeZone the zone of all times in the sentences, those of the traces before included
 * @param traces how many traces came before
 */
public record Done(
        TraceAnswer.QueryEcho query,
        boolean complete,
        String summary,
        Optional<String> timeZone,
        int traces,
        List<SourceReport> sources,
        List<String> warnings,
        TraceAnswer.PageLinks page) {
    public Done {
        sources = List.copyOf(sources);
        warnings = List.copyOf(warnings);
    }

    /** The end of this answer. */
    public static Done of(TraceAnswer answer) {
        return new Done(
                answer.query(),
                answer.complete(),
                answer.summary(),
                answer.timeZone(),
                answer.traces().size(),
                answer.sources(),
                answer.warnings(),
                answer.page());
    }
}
