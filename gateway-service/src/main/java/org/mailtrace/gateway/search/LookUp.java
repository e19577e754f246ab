package org.mailtrace.gateway.search;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.ask.Caller;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.ask.Rounds;
import org.mailtrace.gateway.conclude.Completeness;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.Kinship;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.LookUpWords;
import org.mailtrace.gateway.words.Summary;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;

/** Looks one trace up again: every source is asked anew, because a trace goes on after it was first shown. */
@ApplicationScoped
class LookUp {
    /** Clocks differ, and a message may have been seen elsewhere before. */
    private static final Duration BEFORE = Duration.ofHours(1);

    private final TraceIds ids;
    private final Rounds rounds;
    private final Assembly assembly;
    private final Search search;
    private final Completeness completeness;
    private final Summary summary;
    private final Set<String> sources;
    private final Joiner joiner;
    private final Duration sameMessageWithin;
    private final Clock clock;
    private final int bodyLimit;

    LookUp(
            TraceIds ids,
            Rounds rounds,
            Assembly assembly,
            Search search,
            Completeness completeness,
            Summary summary,
            GatewaySettings settings,
            NextHops hops,
            Clock clock) {
        this.ids = ids;
        this.rounds = rounds;
        this.assembly = assembly;
        this.search = search;
        this.completeness = completeness;
        this.summary = summary;
        this.sources = Set.copyOf(settings.sources().keySet());
        this.sameMessageWithin = settings.sameMessageWithin();
        this.joiner = new Joiner(sameMessageWithin, hops);
        this.clock = clock;
        this.bodyLimit = settings.bodyLimit();
    }

    /**
     * Looks it up. Where it is not seen again and somebody did not look, the answer has no trace and says so.
     *
     * @throws ProblemException 404 if the id is not one of ours, or if every source looked and none has it any more; 503 if
     *     no source looked, none gave a row, and that passes by itself
     */
    TraceAnswer answer(String id, String base, Caller caller) {
        TraceIds.Content content = ids.read(id).orElseThrow(LookUp::notFound);
        Question question = question(content);
        Inquiry inquiry = rounds.lookUp(
                question,
                content.places().stream()
                        .collect(Collectors.toMap(
                                TraceIds.Place::source, place -> List.of(place.sourceId()), LookUp::both)),
                question.messageId().isPresent() ? sources : Set.of(),
                caller);
        Search.refuseIfNobodyLooked(inquiry);
        List<Message> known = inquiry.messages(joiner);
        Optional<Message> itself = known.stream()
                .filter(message -> isAt(content.places(), message))
                .findFirst();
        Optional<Message> found = itself.or(() -> namesake(content, known));
        if (found.isEmpty() && inquiry.everybodyLooked()) {
            throw notFound();
        }
        Body body = new Body(bodyLimit, question);
        found.ifPresent(message -> body.add(
                new Reading.Entry(message, Spot.of(message.sightings().getFirst())),
                assembly.trace(message, new Kinship(known), question, inquiry, base),
                Set.of()));
        List<SourceAnswer> blind =
                completeness.blindInOnePage(question, found.stream().toList(), inquiry);
        return new TraceAnswer(
                Search.echo(question),
                blind.isEmpty() && itself.isPresent(),
                found.isPresent()
                        ? summary.say(
                                question,
                                Summary.Page.whole(1, 0).showing(body.traces()),
                                blind,
                                completeness.provenUntil(inquiry),
                                inquiry.showed())
                        : summary.notSeenAgain(blind),
                Optional.of(summary.timeZone()),
                body.traces(),
                search.reports(inquiry),
                Stream.of(
                                found.filter(message -> itself.isEmpty()).stream()
                                        .map(message -> LookUpWords.SAME_MESSAGE_ID),
                                inquiry.warnings().stream(),
                                body.warnings().stream())
                        .flatMap(every -> every)
                        .toList(),
                new TraceAnswer.PageLinks(Optional.empty()));
    }

    private static boolean isAt(List<TraceIds.Place> places, Message message) {
        return message.sightings().stream()
                .anyMatch(s -> places.contains(
                        new TraceIds.Place(s.source(), s.observation().sourceId())));
    }

    /**
     * Nobody has it any more where it was; a source that did not have it then may have it under its Message-ID now. Of
     * several it cannot be told which it is.
     */
    private Optional<Message> namesake(TraceIds.Content content, List<Message> known) {
        return content.messageId()
                .flatMap(MailId::messageId)
                .map(id -> known.stream()
                        .filter(message -> Kinship.isOf(message, id))
                        .filter(message -> awayFrom(content, message).compareTo(sameMessageWithin) <= 0)
                        .toList())
                .filter(messages -> messages.size() == 1)
                .map(List::getFirst);
    }

    private static Duration awayFrom(TraceIds.Content content, Message message) {
        return Duration.between(content.firstSeen(), message.firstSeen()).abs();
    }

    private Question question(TraceIds.Content content) {
        Instant from = content.firstSeen().minus(BEFORE);
        return new Question(
                Optional.empty(),
                List.of(),
                Optional.empty(),
                content.messageId().map(MailId::of).filter(MailId::isAskable),
                from,
                clock.instant(),
                Question.MAX_LIMIT,
                Optional.empty(),
                Set.of(Include.EVENTS, Include.RECIPIENTS, Include.RELATED),
                false,
                Optional.empty(),
                Optional.empty());
    }

    private static ProblemException notFound() {
        return new ProblemException(ProblemKind.NOT_FOUND, "There is no trace with that id.");
    }

    private static List<String> both(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
