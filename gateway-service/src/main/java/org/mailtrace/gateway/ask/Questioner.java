package org.mailtrace.gateway.ask;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;

/** Puts questions to sources, all at once; whoever reads a list page by page does so by turns of this. */
@ApplicationScoped
public class Questioner {
    private final Sources sources;
    private final AnswerCounts counts;
    private final Clock clock;

    Questioner(Sources sources, AnswerCounts counts, Clock clock) {
        this.sources = sources;
        this.counts = counts;
        this.clock = clock;
    }

    /** One question to one source. */
    public record Put(String source, Question question) {}

    /**
     * Asks.
     *
     * @param puts to configured sources
     * @param deadline who has not answered by then is cut off
     * @param load what the answers are weighed by
     * @param heard told of each answer as it comes, from several threads
     */
    public Map<Put, SourceAnswer> ask(
            List<Put> puts, Caller caller, Instant deadline, Load load, Consumer<SourceAnswer> heard) {
        Map<Put, SourceAnswer> answers = new LinkedHashMap<>();
        puts.forEach(put -> answers.put(put, source(put).late(Duration.ZERO)));
        try (Underway underway = sources.underway(deadline, load)) {
            underway.begin(puts.stream()
                    .distinct()
                    .map(put -> call(source(put), put, caller, heard))
                    .toList());
            while (!underway.isIdle()) {
                List<Underway.Heard> came = underway.hear(Duration.between(clock.instant(), deadline));
                note(came, answers);
                if (came.isEmpty() || !clock.instant().isBefore(deadline)) {
                    note(underway.giveUp(counts::cutOff), answers);
                }
            }
        }
        return answers;
    }

    private static Call call(Source source, Put put, Caller caller, Consumer<SourceAnswer> heard) {
        return new Call(source, put.question(), load -> {
            SourceAnswer answer = source.ask(put.question(), caller, load);
            heard.accept(answer);
            return answer;
        });
    }

    private void note(List<Underway.Heard> came, Map<Put, SourceAnswer> answers) {
        came.forEach(each -> {
            counts.count(each.answer());
            answers.put(new Put(each.call().source().name(), each.call().question()), each.answer());
        });
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
}
