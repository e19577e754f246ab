package org.mailtrace.gateway.format;

import java.util.List;
import org.mailtrace.gateway.answer.SourceReport;
import org.mailtrace.gateway.answer.TraceAnswer;

/**
 * The end of a streamed answer: everything but the traces.
 *
 * @param traces how many traces came before
 */
public record Done(
        TraceAnswer.QueryEcho query,
        boolean complete,
        String summary,
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
                answer.traces().size(),
                answer.sources(),
                answer.warnings(),
                answer.page());
    }
}
