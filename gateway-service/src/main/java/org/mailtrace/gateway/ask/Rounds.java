package org.mailtrace.gateway.ask;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.RoundWords;

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
        Talk talk = live(question, only, caller);
        Inquiry inquiry = new Inquiry();
        sources.all().stream()
                .filter(source -> !only.contains(source.name()))
                .forEach(source -> inquiry.add(source.name(), new Asked(question, source.notAsked())));
        List<Call> calls = sources.all().stream()
                .filter(source -> only.contains(source.name()))
                .map(source -> new Call(source, question, load -> {
                    SourceAnswer answer = source.ask(question, caller, load);
                    heard.accept(answer);
                    return answer;
                }))
                .toList();
        warn(inquiry, talk, converse(inquiry, calls, talk));
        return inquiry;
    }

    /**
     * Asks again for one message: the sources that had it by their own ids, all others by its Message-ID.
     *
     * @param places the source ids under which sources had it
     * @param byMessageId the sources that can be asked by the question; the others are noted as unable to
     */
    public Inquiry lookUp(Question question, Map<String, List<String>> places, Set<String> byMessageId, Caller caller) {
        Talk talk = live(question, Set.copyOf(settings.sources().keySet()), caller);
        Inquiry inquiry = new Inquiry();
        sources.all().stream()
                .filter(source -> !byMessageId.contains(source.name()) && !places.containsKey(source.name()))
                .forEach(source -> inquiry.add(source.name(), new Asked(question, source.cannotAnswerWithoutId())));
        List<Call> calls = new ArrayList<>();
        sources.all().stream()
                .filter(source -> byMessageId.contains(source.name()))
                .map(source -> new Call(source, question, load -> source.ask(question, caller, load)))
                .forEach(calls::add);
        sources.all().stream()
                .flatMap(source -> places.getOrDefault(source.name(), List.of()).stream()
                        .map(sourceId -> new Call(source, question, load -> source.find(sourceId, caller, load))))
                .forEach(calls::add);
        warn(inquiry, talk, converse(inquiry, calls, talk));
        return inquiry;
    }

    /**
     * Asks further for what the answers so far revealed, some messages after others, until nothing is left to ask or the
     * time is over.
     *
     * @param inquiry what was asked and answered; the further answers are added to it
     * @param only the sources to ask
     */
    public void follow(Inquiry inquiry, Question question, Set<String> only, Caller caller, Instant deadline) {
        FollowUps.Further left;
        Talk talk;
        int messages = settings.followedMessages();
        int addresses = settings.followedAddresses();
        boolean more;
        do {
            talk = new Talk(question, only, caller, deadline, new Reach(messages, addresses, deadline));
            left = converse(inquiry, List.of(), talk);
            more = (left.firstLeft().isPresent() || left.addressesLeft())
                    && isTimeLeft(deadline)
                    && noneIsThrottled(inquiry);
            messages = left.firstLeft().orElse(messages) + settings.followedMessages();
            addresses += settings.followedAddresses();
        } while (more);
        warn(inquiry, talk, left);
    }

    /** Whoever goes on asking a source that has enough takes from those who wait for an answer. */
    private static boolean noneIsThrottled(Inquiry inquiry) {
        return inquiry.sources().stream().noneMatch(source -> inquiry.lastStateOf(source) == SourceState.THROTTLED);
    }

    private Talk live(Question question, Set<String> only, Caller caller) {
        Instant now = clock.instant();
        return new Talk(
                question,
                only,
                caller,
                now.plus(settings.deadline()),
                new Reach(settings.followedMessages(), settings.followedAddresses(), now));
    }

    /**
     * Makes these calls, and asks further as the answers come. A source that is slow is waited for to the end; those that
     * answered are asked further meanwhile.
     *
     * @return what was left to ask at the end
     */
    private FollowUps.Further converse(Inquiry inquiry, List<Call> calls, Talk talk) {
        try (Underway underway = sources.underway(talk.deadline())) {
            underway.begin(calls);
            int rounds = 0;
            FollowUps.Further further;
            do {
                List<Underway.Heard> heard = underway.hear(settings.slowAfter());
                heard.forEach(each -> note(inquiry, each.call(), each.answer()));
                if (heard.isEmpty() || !clock.instant().isBefore(talk.deadline())) {
                    underway.giveUp(this::cutOff).forEach(each -> note(inquiry, each.call(), each.answer()));
                }
                if (heard.stream().anyMatch(Underway.Heard::late)) {
                    // It may have shown what nobody could ask for before.
                    rounds = Math.min(rounds, FURTHER_ROUNDS - 1);
                }
                further = followUps.after(inquiry, talk.question(), talk.reach(), put -> isOpen(put, inquiry, talk));
                List<Call> next = further.puts().stream()
                        .filter(put -> !underway.isBusy(put.source()))
                        .map(put -> new Call(
                                put.source(),
                                put.question(),
                                load -> put.source().ask(put.question(), talk.caller(), load)))
                        .toList();
                if (!next.isEmpty() && rounds < FURTHER_ROUNDS && isTimeLeft(talk.deadline())) {
                    underway.begin(next);
                    rounds++;
                }
            } while (!underway.isIdle());
            return further;
        }
    }

    private static boolean isOpen(Put put, Inquiry inquiry, Talk talk) {
        return talk.only().contains(put.source().name())
                && !inquiry.holds(put.source().name(), put.question());
    }

    private boolean isTimeLeft(Instant deadline) {
        return Duration.between(clock.instant(), deadline).compareTo(settings.roundNeeds()) >= 0;
    }

    /** Only what was really left out is told; of a source that did not answer at all its state tells. */
    private void warn(Inquiry inquiry, Talk talk, FollowUps.Further left) {
        boolean unasked = left.puts().stream()
                .anyMatch(put -> inquiry.answerOf(put.source().name()).state().looked());
        if (unasked && !isTimeLeft(talk.deadline())) {
            inquiry.warn(RoundWords.NO_TIME_LEFT);
        }
        if (left.firstLeft().isPresent()) {
            inquiry.warn(RoundWords.onlyTheNewest(talk.reach().messages()));
        }
        if (left.addressesLeft()) {
            inquiry.warn(RoundWords.onlySomeAddresses(talk.reach().addresses()));
        }
    }

    private void note(Inquiry inquiry, Call call, SourceAnswer answer) {
        count(answer);
        inquiry.add(call.source().name(), new Asked(call.question(), answer));
    }

    private SourceAnswer cutOff(Call call, Duration after) {
        metrics.counter(
                        "mailtrace.gateway.deadline.missed",
                        "source",
                        call.source().name())
                .increment();
        return call.source().late(after);
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

    /**
     * What is asked further, for whom, and within what bounds.
     *
     * @param only the sources to ask
     */
    private record Talk(Question question, Set<String> only, Caller caller, Instant deadline, Reach reach) {}
}
