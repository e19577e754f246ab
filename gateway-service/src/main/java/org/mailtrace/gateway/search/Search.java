package org.mailtrace.gateway.search;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.gateway.answer.SourceReport;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.answer.TraceRecipient;
import org.mailtrace.gateway.ask.Asked;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.ask.Load;
import org.mailtrace.gateway.ask.Matches;
import org.mailtrace.gateway.ask.Questioner;
import org.mailtrace.gateway.ask.Questioner.Put;
import org.mailtrace.gateway.ask.Rounds;
import org.mailtrace.gateway.ask.Source;
import org.mailtrace.gateway.ask.Sources;
import org.mailtrace.gateway.conclude.Completeness;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.Kinship;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.search.Reading.Entry;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.PageWords;
import org.mailtrace.gateway.words.Summary;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;

/** Answers one question: asks, joins, concludes, and says how well everybody looked. */
@ApplicationScoped
class Search {
    private static final long RETRY_SECONDS = 30;

    private final Pages pages;
    private final Cursors cursors;
    private final Questioner questioner;
    private final Rounds rounds;
    private final Sources sources;
    private final Assembly assembly;
    private final Completeness completeness;
    private final Summary summary;
    private final MeterRegistry metrics;
    private final GatewaySettings settings;
    private final Joiner joiner;
    private final Clock clock;
    private final int bodyLimit;

    Search(
            Pages pages,
            Cursors cursors,
            Questioner questioner,
            Rounds rounds,
            Sources sources,
            Assembly assembly,
            Completeness completeness,
            Summary summary,
            MeterRegistry metrics,
            GatewaySettings settings,
            NextHops hops,
            Clock clock) {
        this.pages = pages;
        this.cursors = cursors;
        this.questioner = questioner;
        this.rounds = rounds;
        this.sources = sources;
        this.assembly = assembly;
        this.completeness = completeness;
        this.summary = summary;
        this.metrics = metrics;
        this.settings = settings;
        this.joiner = new Joiner(settings.sameMessageWithin(), hops);
        this.clock = clock;
        this.bodyLimit = settings.bodyLimit();
    }

    /** One page, and the cursor of the next one. */
    record Result(TraceAnswer answer, Optional<String> next) {}

    /**
     * Answers.
     *
     * @throws ProblemException 503 if no source looked and none gave rows, and that passes by itself
     */
    Result answer(Asking asking, String base) {
        return answer(asking, base, Shape.JSON, report -> {});
    }

    /** As {@link #answer(Asking, String)}, as much as fits into a body of that shape. */
    Result answer(Asking asking, String base, Shape shape) {
        return answer(asking, base, shape, report -> {});
    }

    /**
     * As {@link #answer(Asking, String)}, telling how each source did as soon as it answered.
     *
     * @param heard told from several threads
     */
    Result answer(Asking asking, String base, Consumer<SourceReport> heard) {
        return answer(asking, base, Shape.JSON, heard);
    }

    private Result answer(Asking asking, String base, Shape shape, Consumer<SourceReport> heard) {
        // What is read for a page is held until it is answered.
        try (Load load = sources.load()) {
            return answer(asking, base, shape, new Turns(asking, answer -> heard.accept(report(answer)), load));
        }
    }

    private Result answer(Asking asking, String base, Shape shape, Turns turns) {
        Question question = asking.question();
        Reading reading = pages.read(asking, turns);
        Inquiry inquiry = reading.inquiry();
        questioner
                .leftOut(asking.sources())
                .forEach((name, answer) -> inquiry.add(name, new Asked(reading.question(), answer)));
        refuseIfNobodyLooked(inquiry, !reading.shownBefore().isEmpty());
        if (reading.awaited().isEmpty()) {
            rounds.follow(
                    inquiry,
                    reading.question(),
                    asking.sources(),
                    asking.caller(),
                    turns.deadline(),
                    turns.load(),
                    question.limit());
        }
        List<Message> known = Stream.concat(inquiry.messages(joiner).stream(), reading.shownBefore().stream())
                .toList();
        List<Message> matches = matches(known, question, asking.outcomes(), inquiry);
        List<Entry> showable = reading.showable(matches);
        Body body = new Body(bodyLimit, shape, question);
        Kinship kinship = new Kinship(known);
        for (Entry entry : showable.stream().limit(question.limit()).toList()) {
            Trace trace = assembly.trace(entry.message(), kinship, question, inquiry, base);
            if (!body.add(entry, trace, asking.outcomes())) {
                break;
            }
        }
        List<Trace> traces = body.traces();
        Optional<Cursor> next = reading.next(body.shown(), body.shown().size() == showable.size());
        List<SourceAnswer> blind = completeness.blind(reading.question(), matches, inquiry);
        count(traces);
        TraceAnswer answer = new TraceAnswer(
                echo(question),
                blind.isEmpty()
                        && reading.awaited().isEmpty()
                        && reading.crowdedAt().isEmpty(),
                summary.say(
                        asking.cursor().isPresent() ? reading.question() : question,
                        new Summary.Page(
                                        traces.size(),
                                        body.shown().size() - traces.size(),
                                        next.isPresent(),
                                        asking.cursor().isPresent(),
                                        body.shown().isEmpty() && reading.holdsBack(matches),
                                        0)
                                .showing(traces),
                        blind,
                        completeness.provenUntil(inquiry),
                        inquiry.showed()),
                Optional.of(summary.timeZone()),
                traces,
                reports(inquiry),
                Stream.of(
                                warnings(question, matches, inquiry).stream(),
                                ofThePage(reading).stream(),
                                body.warnings().stream())
                        .flatMap(every -> every)
                        .toList(),
                new TraceAnswer.PageLinks(Optional.empty()));
        return new Result(answer, next.map(cursors::encoded));
    }

    private List<String> ofThePage(Reading reading) {
        List<String> warnings = new ArrayList<>();
        if (!reading.awaited().isEmpty()) {
            warnings.add(PageWords.waitingFor(reading.awaited().stream()
                    .map(name -> settings.sources().get(name).title())
                    .toList()));
        }
        reading.crowdedAt().ifPresent(at -> warnings.add(summary.crowded(at)));
        return warnings;
    }

    /** The sources for one page: all inside the deadline, and further turns only in its first half. */
    private final class Turns implements Reader {
        private final Asking asking;
        private final Consumer<SourceAnswer> heard;
        private final Instant start = clock.instant();
        private final Load load;
        private boolean begun;

        Turns(Asking asking, Consumer<SourceAnswer> heard, Load load) {
            this.asking = asking;
            this.heard = heard;
            this.load = load;
        }

        Load load() {
            return load;
        }

        Instant deadline() {
            return start.plus(settings.deadline());
        }

        @Override
        public Map<Put, SourceAnswer> ask(List<Put> puts) {
            Consumer<SourceAnswer> listener = begun ? answer -> {} : heard;
            Instant until = begun ? deadline().minus(settings.roundNeeds().multipliedBy(2)) : deadline();
            begun = true;
            return questioner.ask(puts, asking.caller(), until, load, listener);
        }

        @Override
        public boolean mayGoOn() {
            return clock.instant().isBefore(start.plus(settings.deadline().dividedBy(2)))
                    && !Thread.currentThread().isInterrupted();
        }
    }

    /**
     * What was asked for, newest first. Reports on a message, its journal copies and the like stand beside it and are no
     * traces of their own, unless somebody asks for them: as related messages, by their own id, or by the null sender.
     */
    static List<Message> matches(List<Message> known, Question question, Set<Outcome> outcomes, Inquiry inquiry) {
        List<Message> matches = known.stream()
                .filter(message -> belongs(message, question, inquiry))
                .sorted(Assembly.ORDER)
                .toList();
        boolean askedFor = question.include().contains(Include.RELATED)
                || question.messageId().isPresent()
                || question.sender().filter(AddressPattern::isNullSender).isPresent()
                || !outcomes.isEmpty();
        if (askedFor) {
            return matches;
        }
        Set<Message> followers = new Kinship(known).followers(matches);
        return matches.stream().filter(message -> !followers.contains(message)).toList();
    }

    /**
     * Follow-up questions reach further than the caller's; what they bring belongs here only as part of a message that
     * lies in the window and was asked for. A sender that nobody has as the envelope sender is looked for in the From
     * header, because that is what people see.
     */
    private static boolean belongs(Message message, Question question, Inquiry inquiry) {
        boolean inWindow = message.sightings().stream()
                .anyMatch(s -> question.covers(s.observation().firstSeen()));
        boolean recipient =
                question.recipients().isEmpty() || message.recipients().stream().anyMatch(question::asksForRecipient);
        boolean sender = question.sender().map(asked -> sentBy(message, asked)).orElse(true);
        boolean id = question.messageId().map(asked -> hasId(message, asked)).orElse(true);
        boolean subject = question.subject()
                .map(asked -> hasSubject(message, question) || inquiry.foundBySubject(message.sightings()))
                .orElse(true);
        return inWindow && recipient && sender && id && subject;
    }

    private static boolean hasId(Message message, MailId asked) {
        return Kinship.isOf(message, asked.value())
                || message.sightings().stream()
                        .anyMatch(s -> s.observation()
                                .networkMessageId()
                                .filter(asked.value()::equalsIgnoreCase)
                                .isPresent());
    }

    private static boolean hasSubject(Message message, Question question) {
        return message.sightings().stream()
                .anyMatch(s -> s.observation().subject().isPresent() && Matches.subject(question, s.observation()));
    }

    private static boolean sentBy(Message message, AddressPattern asked) {
        return message.sightings().stream()
                .map(s -> s.observation())
                .anyMatch(o -> o.sender().filter(asked::matches).isPresent()
                        || o.headerFrom()
                                .map(from -> from.toLowerCase(Locale.ROOT))
                                .filter(from -> asked.isWholeDomain()
                                        ? from.contains("@" + asked.domain())
                                        : from.contains(asked.value()))
                                .isPresent());
    }

    static List<String> warnings(Question question, List<Message> matches, Inquiry inquiry) {
        List<String> warnings = new ArrayList<>(inquiry.warnings());
        question.sender().ifPresent(asked -> {
            boolean byEnvelope = matches.stream()
                    .flatMap(message -> message.sightings().stream())
                    .anyMatch(sighting -> sighting.observation()
                            .sender()
                            .filter(asked::matches)
                            .isPresent());
            if (!matches.isEmpty() && !byEnvelope) {
                warnings.add("No message has " + asked + " as its envelope sender; those shown carry it in the From"
                        + " header.");
            } else if (matches.isEmpty() && !question.recipients().isEmpty()) {
                long others = inquiry.sightings().stream()
                        .filter(s -> question.covers(s.observation().firstSeen()))
                        .count();
                if (others > 0) {
                    warnings.add(
                            "Other messages were addressed to the recipient in that time; ask without the sender to"
                                    + " see them, because the envelope sender may differ from the From header.");
                }
            }
        });
        return warnings;
    }

    static void refuseIfNobodyLooked(Inquiry inquiry) {
        refuseIfNobodyLooked(inquiry, false);
    }

    /** @param shown whether something was found that an earlier page has shown */
    private static void refuseIfNobodyLooked(Inquiry inquiry, boolean shown) {
        List<SourceAnswer> answers =
                inquiry.sources().stream().map(inquiry::answerOf).toList();
        boolean anybody = answers.stream().anyMatch(answer -> answer.state().looked())
                || shown
                || !inquiry.sightings().isEmpty();
        boolean passes = answers.stream().anyMatch(answer -> answer.state().passesByItself());
        if (!anybody && passes) {
            throw new ProblemException(
                    ProblemKind.NO_SOURCE_ANSWERED,
                    "No source could look, so nothing can be said about the message. Ask again in a moment.",
                    List.of(),
                    answers,
                    Optional.of(answers.stream()
                            .map(SourceAnswer::retryAfterSeconds)
                            .flatMap(Optional::stream)
                            .min(Comparator.naturalOrder())
                            .orElse(RETRY_SECONDS)));
        }
    }

    private SourceReport report(SourceAnswer answer) {
        return SourceReport.of(
                answer, sources.named(answer.source()).map(Source::circuit).orElse(CircuitState.UNKNOWN));
    }

    List<SourceReport> reports(Inquiry inquiry) {
        return sources.all().stream()
                .sorted(Comparator.comparing(Source::name))
                .map(source -> SourceReport.of(inquiry.answerOf(source.name()), source.circuit()))
                .toList();
    }

    private void count(List<Trace> traces) {
        count(
                "mailtrace.gateway.joins",
                "confidence",
                traces.stream().map(trace -> trace.join().confidence()));
        count(
                "mailtrace.outcomes",
                "outcome",
                traces.stream().flatMap(trace -> trace.recipients().stream()).map(TraceRecipient::outcome));
    }

    /** Each kind once, because finding its counter costs more than counting. */
    private void count(String what, String tag, Stream<? extends Enum<?>> kinds) {
        kinds.map(Enum::name)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .forEach((kind, times) -> metrics.counter(what, tag, kind).increment(times));
    }

    static TraceAnswer.QueryEcho echo(Question question) {
        return new TraceAnswer.QueryEcho(
                question.sender().map(AddressPattern::value),
                question.recipients().stream().map(AddressPattern::value).toList(),
                question.subject(),
                question.messageId().map(id -> id.value()),
                question.from(),
                question.to(),
                question.limit(),
                question.ticket());
    }
}
