package org.mailtrace.gateway.ask;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;

/** Puts questions to sources, all at once; whoever reads a list page by page does so by turns of this. */
@ApplicationScoped
public class Questioner {
    private final Sources sources;
    private final MeterRegistry metrics;

    Questioner(Sources sources, MeterRegistry metrics) {
        this.sources = sources;
        this.metrics = metrics;
    }

    /** One question to one source. */
    public record Put(String source, Question question) {}

    /**
     * Asks.
     *
     * @param puts to configured sources
     * @param deadline who has not answered by then is cut off
     * @param heard told of each answer as it comes, from several threads
     */
    public Map<Put, SourceAnswer> ask(List<Put> puts, Caller caller, Instant deadline, Consumer<SourceAnswer> heard) {
        Map<Put, SourceAnswer> answers = sources.inParallel(
                puts,
                deadline,
                put -> {
                    SourceAnswer answer = source(put).ask(put.question(), caller);
                    heard.accept(answer);
                    return answer;
                },
                (put, after) -> {
                    metrics.counter("mailtrace.gateway.deadline.missed", "source", put.source())
                            .increment();
                    return source(put).late(after);
                });
        answers.values().forEach(this::count);
        return answers;
    }

    /** The answers of the sources that the caller left out. */
    public Map<String, SourceAnswer> leftOut(Set<String> asked) {
        Map<String, SourceAnswer> answers = new LinkedHashMap<>();
        sources.all().stream()
                .filter(source -> !asked.contains(source.name()))
                .forEach(source -> answers.put(source.name(), source.notAsked()));
        return answers;
    }

    private Source source(Put put) {
        return sources.named(put.source()).orElseThrow();
    }

    private void count(SourceAnswer answer) {
        Timer.builder("mailtrace.gateway.answers")
                .description("Answers of the sources to the gateway, by state, with the time they took")
                .tag("source", answer.source())
                .tag("state", answer.state().name())
                .register(metrics)
                .record(answer.tookMs(), TimeUnit.MILLISECONDS);
    }
}
