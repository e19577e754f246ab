package org.mailtrace.gateway.ask;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.gateway.settings.GatewaySettings;

/** Puts questions to the sources in rounds, all inside one deadline. */
@ApplicationScoped
public class Rounds {
    private static final int FURTHER_ROUNDS = 3;

    private final Sources sources;
    private final FollowUps followUps;
    private final GatewaySettings settings;
    private final MeterRegistry metrics;
    private final Clock clock;

    Rounds(Sources sources, FollowUps followUps, GatewaySettings settings, MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.sources = sources;
        this.followUps = followUps;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Asks all sources, then asks further for what the answers revealed, as long as enough time is left.
     *
     * @param only the sources to ask; the others are noted as left out
     */
    public Inquiry ask(Question question, Set<String> only, Caller caller) {
        return ask(question, only, caller, answer -> {});
    }

    /**
     * As {@link #ask(Question, Set, Caller)}, telling of each source's answer to the caller's own question as it comes.
     *
     * @param heard told from several threads, at most once for each source that is asked
     */
    public Inquiry ask(Question question, Set<String> only, Caller caller, Consumer<SourceAnswer> heard) {
        Instant deadline = clock.instant().plus(settings.deadline());
        Inquiry inquiry = new Inquiry();
        sources.all().stream()
                .filter(source -> !only.contains(source.name()))
                .forEach(source -> inquiry.add(source.name(), new Asked(question, source.notAsked())));
        put(
                sources.all().stream()
                        .filter(source -> only.contains(source.name()))
                        .map(source -> new Put(source, question))
                        .toList(),
                inquiry,
                caller,
                deadline,
                heard);
        follow(inquiry, question, only, caller, deadline);
        return inquiry;
    }

    /**
     * Asks again for one message: the sources that had it by their own ids, all others by its Message-ID.
     *
     * @param places the source ids under which sources had it
     * @param byMessageId the sources that can be asked by the question; the others are noted as unable to
     */
    public Inquiry lookUp(Question question, Map<String, List<String>> places, Set<String> byMessageId, Caller caller) {
        Instant deadline = clock.instant().plus(settings.deadline());
        Inquiry inquiry = new Inquiry();
        List<Find> finds = sources.all().stream()
                .flatMap(source -> places.getOrDefault(source.name(), List.of()).stream()
                        .map(sourceId -> new Find(source, sourceId)))
                .toList();
        Map<Find, SourceAnswer> found = sources.inParallel(
                finds,
                deadline,
                find -> find.source().find(find.sourceId(), caller),
                (find, after) -> cutOff(find.source(), after));
        put(
                sources.all().stream()
                        .filter(source -> byMessageId.contains(source.name()))
                        .map(source -> new Put(source, question))
                        .toList(),
                inquiry,
                caller,
                deadline);
        found.forEach((find, answer) -> inquiry.add(find.source().name(), new Asked(question, answer)));
        sources.all().stream()
                .filter(source -> !inquiry.sources().contains(source.name()))
                .forEach(source -> inquiry.add(source.name(), new Asked(question, source.cannotAnswerWithoutId())));
        follow(inquiry, question, Set.copyOf(settings.sources().keySet()), caller, deadline);
        return inquiry;
    }

    /**
     * Asks further for what the answers so far revealed, as long as enough time is left.
     *
     * @param inquiry what was asked and answered; the further answers are added to it
     * @param only the sources to ask
     */
    public void follow(Inquiry inquiry, Question question, Set<String> only, Caller caller, Instant deadline) {
        for (int round = 0; round < FURTHER_ROUNDS; round++) {
            List<Put> further = followUps.after(inquiry, question).stream()
                    .filter(put -> only.contains(put.source().name()))
                    .filter(put -> !inquiry.holds(put.source().name(), put.question()))
                    .distinct()
                    .toList();
            if (further.isEmpty()) {
                break;
            }
            if (Duration.between(clock.instant(), deadline).compareTo(settings.roundNeeds()) < 0) {
                inquiry.warn("There was no time left to follow every message to its next system; ask for one message"
                        + " by its Message-ID.");
                break;
            }
            put(further, inquiry, caller, deadline);
        }
    }

    private void put(List<Put> puts, Inquiry inquiry, Caller caller, Instant deadline) {
        put(puts, inquiry, caller, deadline, answer -> {});
    }

    private void put(List<Put> puts, Inquiry inquiry, Caller caller, Instant deadline, Consumer<SourceAnswer> heard) {
        sources.<Put, SourceAnswer>inParallel(
                        puts,
                        deadline,
                        put -> {
                            SourceAnswer answer = put.source().ask(put.question(), caller);
                            heard.accept(answer);
                            return answer;
                        },
                        (put, after) -> cutOff(put.source(), after))
                .forEach((put, answer) -> {
                    count(answer);
                    inquiry.add(put.source().name(), new Asked(put.question(), answer));
                });
    }

    private SourceAnswer cutOff(Source source, Duration after) {
        metrics.counter("mailtrace.gateway.deadline.missed", "source", source.name())
                .increment();
        return source.late(after);
    }

    private void count(SourceAnswer answer) {
        Timer.builder("mailtrace.gateway.answers")
                .description("Answers of the sources to the gateway, by state, with the time they took")
                .tag("source", answer.source())
                .tag("state", answer.state().name())
                .register(metrics)
                .record(answer.tookMs(), TimeUnit.MILLISECONDS);
    }

    /** One question to one source. */
    record Put(Source source, Question question) {}

    /** One observation to look up at one source. */
    private record Find(Source source, String sourceId) {}
}
