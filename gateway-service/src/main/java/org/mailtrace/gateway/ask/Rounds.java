package org.mailtrace.gateway.ask;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.RoundWords;

/** Puts questions to the sources in rounds, all inside one deadline. */
@ApplicationScoped
public class Rounds {
    private static final int FURTHER_ROUNDS = 3;
    /** Some messages more are followed only where as large a part of the room is free. */
    private static final int SPARE = 4;

    private final Sources sources;
    private final FollowUps followUps;
    private final GatewaySettings settings;
    private final AnswerCounts counts;
    private final Clock clock;

    Rounds(Sources sources, FollowUps followUps, GatewaySettings settings, AnswerCounts counts, Clock clock) {
        this.counts = counts;
        this.sources = sources;
        this.followUps = followUps;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Asks again for one message: the sources that had it by their own ids, all others by its Message-ID.
     *
     * @param places the source ids under which sources had it
     * @param byMessageId the sources that can be asked by the question; the others are noted as unable to
     */
    public Inquiry lookUp(Question question, Map<String, List<String>> places, Set<String> byMessageId, Caller caller) {
        try (Load load = sources.load()) {
            Instant now = clock.instant();
            Set<String> all = Set.copyOf(settings.sources().keySet());
            Talk talk = new Talk(question, all, caller, now.plus(settings.deadline()), live(now), load);
            return lookUp(talk, places, byMessageId);
        }
    }

    private Inquiry lookUp(Talk talk, Map<String, List<String>> places, Set<String> byMessageId) {
        Question question = talk.question();
        Caller caller = talk.caller();
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
     * Asks further for what the answers so far revealed, as much as one answer may cost.
     *
     * @param inquiry what was asked and answered; the further answers are added to it
     * @param only the sources to ask
     * @param load what the answers are weighed by
     * @param shown how many of the newest messages the answer may show; of others nobody needs to know
     */
    public void follow(
            Inquiry inquiry,
            Question question,
            Set<String> only,
            Caller caller,
            Instant deadline,
            Load load,
            int shown) {
        Talk talk = new Talk(question, only, caller, deadline, live(clock.instant()), load);
        FollowUps.Further left = converse(inquiry, List.of(), talk);
        boolean leftOfThoseShown =
                left.firstLeft().isPresent() && left.firstLeft().getAsInt() < shown;
        warn(
                inquiry,
                talk,
                leftOfThoseShown
                        ? left
                        : new FollowUps.Further(left.puts(), OptionalInt.empty(), left.addressesLeft()));
    }

    /**
     * As {@link #follow}, some messages after others, until nothing is left to ask, the time is over, or as much is held as a
     * report may. What the answers weigh is given back when it returns; it takes nothing from those who ask meanwhile.
     */
    public void followAll(Inquiry inquiry, Question question, Set<String> only, Caller caller, Instant deadline) {
        try (Load load = sources.loadOfReport()) {
            FollowUps.Further left;
            Talk talk;
            int messages = settings.followedMessages();
            int addresses = settings.followedAddresses();
            boolean more;
            do {
                talk = new Talk(question, only, caller, deadline, new Reach(messages, addresses, deadline), load);
                left = converse(inquiry, List.of(), talk);
                more = (left.firstLeft().isPresent() || left.addressesLeft())
                        && isTimeLeft(deadline)
                        && load.hasRoomFor(settings.reportAnswersInMemory() / SPARE)
                        && noneIsThrottled(inquiry);
                messages = left.firstLeft().orElse(messages) + settings.followedMessages();
                addresses += settings.followedAddresses();
            } while (more);
            warn(inquiry, talk, left);
        }
    }

    /** Whoever goes on asking a source that has enough takes from those who wait for an answer. */
    private static boolean noneIsThrottled(Inquiry inquiry) {
        return inquiry.sources().stream().noneMatch(source -> inquiry.lastStateOf(source) == SourceState.THROTTLED);
    }

    private Reach live(Instant now) {
        return new Reach(settings.followedMessages(), settings.followedAddresses(), now);
    }

    /**
     * Makes these calls, and asks further as the answers come. A source that is slow is waited for to the end; those that
     * answered are asked further meanwhile.
     *
     * @return what was left to ask at the end
     */
    private FollowUps.Further converse(Inquiry inquiry, List<Call> calls, Talk talk) {
        try (Underway underway = sources.underway(talk.deadline(), talk.load())) {
            underway.begin(calls);
            int rounds = 0;
            FollowUps.Further further;
            do {
                List<Underway.Heard> heard = underway.hear(settings.slowAfter());
                heard.forEach(each -> note(inquiry, each.call(), each.answer()));
                if (heard.isEmpty() || !clock.instant().isBefore(talk.deadline())) {
                    underway.giveUp(counts::cutOff).forEach(each -> note(inquiry, each.call(), each.answer()));
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
        counts.count(answer);
        inquiry.add(call.source().name(), new Asked(call.question(), answer));
    }

    /** One question to one source. */
    record Put(Source source, Question question) {}

    /**
     * What is asked further, for whom, and within what bounds.
     *
     * @param only the sources to ask
     * @param load what the answers are weighed by
     */
    private record Talk(Question question, Set<String> only, Caller caller, Instant deadline, Reach reach, Load load) {}
}
