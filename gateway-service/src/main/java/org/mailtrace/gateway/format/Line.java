package org.mailtrace.gateway.format;

import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.mailtrace.contract.Problem;
import org.mailtrace.gateway.answer.SourceReport;
import org.mailtrace.gateway.answer.Trace;

/**
 * One event of a streamed answer, and one line of it as newline-delimited JSON. The last one is {@code done} or
 * {@code problem}: a stream that ends without either was cut off, and proves nothing.
 *
 * @param event {@code source}, {@code trace}, {@code done}, {@code problem} or {@code heartbeat}
 */
@Schema(description = "One event of a streamed answer. A stream that ends without done or problem was cut off.")
public record Line(
        String event,
        Optional<SourceReport> source,
        Optional<Trace> trace,
        Optional<Done> done,
        Optional<Problem> problem) {
    /** How one source answered. */
    public static Line of(SourceReport report) {
        return new Line("source", Optional.of(report), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** One trace. */
    public static Line of(Trace trace) {
        return new Line("trace", Optional.empty(), Optional.of(trace), Optional.empty(), Optional.empty());
    }

    /** The end of an answer. */
    public static Line of(Done done) {
        return new Line("done", Optional.empty(), Optional.empty(), Optional.of(done), Optional.empty());
    }

    /** The end without an answer. */
    public static Line of(Problem problem) {
        return new Line("problem", Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(problem));
    }

    /** Nothing new; it keeps the connection from being taken for dead. */
    public static Line heartbeat() {
        return new Line("heartbeat", Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What it carries, for a stream that names its events beside it. */
    public Object content() {
        return source.<Object>map(report -> report)
                .or(() -> trace)
                .or(() -> done)
                .or(() -> problem)
                .orElse("");
    }
}
