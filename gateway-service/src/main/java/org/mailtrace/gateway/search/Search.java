package org.mailtrace.gateway.search;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.CircuitState;
import org.mailtrace.contract.Include;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.gateway.answer.SourceReport;
import org.mailtrace.gateway.answer.Trace;
import org.mailtrace.gateway.answer.TraceAnswer;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.ask.Matches;
import org.mailtrace.gateway.ask.Rounds;
import org.mailtrace.gateway.ask.Source;
import org.mailtrace.gateway.ask.Sources;
import org.mailtrace.gateway.conclude.Completeness;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.Kinship;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.settings.GatewaySettings;
import org.mailtrace.gateway.words.Summary;
import org.mailtrace.http.problem.ProblemException;
import org.mailtrace.http.problem.ProblemKind;

/** Answers one question: asks, joins, concludes, and says how well everybody looked. */
@ApplicationScoped
class Search {
    private static final long RETRY_SECONDS = 30;

    private final Rounds rounds;
    private final Sources sources;
    private final Assembly assembly;
    private final Completeness completeness;
    private final Summary summary;
    private final MeterRegistry metrics;
    private final Joiner joiner;
    private final int bodyLimit;

    Search(
            Rounds rounds,
            Sources sources,
            Assembly assembly,
            Completeness completeness,
            Summary summary,
            MeterRegistry metrics,
            GatewaySettings settings,
            NextHops hops) {
        this.rounds = rounds;
        this.sources = sources;
        this.assembly = assembly;
        this.completeness = completeness;
        this.summary = summary;
        this.metrics = metrics;
        this.joiner = new Joiner(settings.sameMessageWithin(), hops);
        this.bodyLimit = settings.bodyLimit();
    }

    /** One page, and the cursor of the next one. */
    record Result(TraceAnswer answer, Optional<Cursor> next) {}

    /**
     * Answers.
     *
     * @throws ProblemException 503 if no source looked and none gave rows, and that passes by itself
     */
    Result answer(Asking asking, String base) {
        return answer(asking, base, report -> {});
    }

    /**
     * As {@link #answer(Asking, String)}, telling how each source did as soon as it answered.
     *
     * @param heard told from several threads
     */
    Result answer(Asking asking, String base, Consumer<SourceReport> heard) {
        Question question = asking.question();
        Inquiry inquiry =
                rounds.ask(roundOne(asking), asking.sources(), asking.caller(), answer -> heard.accept(report(answer)));
        List<Message> known = inquiry.messages(joiner);
        List<Message> matches = matches(known, question, asking.outcomes(), inquiry);
        refuseIfNobodyLooked(inquiry);
        Paging paging = Paging.of(matches, asking, inquiry);
        Body body = new Body(bodyLimit);
        Kinship kinship = new Kinship(known);
        for (Message message : paging.shown()) {
            if (!body.add(message, assembly.trace(message, kinship, question, inquiry, base), asking.outcomes())) {
                break;
            }
        }
        List<Trace> traces = body.traces();
        Optional<Cursor> next = body.isFull() ? Optional.of(Paging.nextAfter(body.shown(), asking)) : paging.next();
        List<SourceAnswer> blind = completeness.blind(question, matches, inquiry);
        count(traces);
        TraceAnswer answer = new TraceAnswer(
                echo(question),
                blind.isEmpty(),
                summary.say(
                        question,
                        traces.size(),
                        body.shown().size() - traces.size(),
                        next.isPresent(),
                        blind,
                        completeness.provenUntil(inquiry)),
                traces,
                reports(inquiry),
                warnings(question, matches, inquiry),
                new TraceAnswer.PageLinks(Optional.empty()));
        return new Result(answer, next);
    }

    /** The sources are asked for what the page may need: a little later than the last shown trace, and further down. */
    private static Question roundOne(Asking asking) {
        Question question = asking.question();
        Instant to = asking.cursor()
                .map(cursor -> cursor.shownDownTo().plus(cursor.skew()).plusMillis(1))
                .filter(end -> end.isBefore(question.to()))
                .orElse(question.to());
        return new Question(
                question.sender(),
                question.recipients(),
                question.subject(),
                question.messageId(),
                question.from(),
                to,
                Math.min(Question.MAX_LIMIT, 2 * question.limit() + 50),
                Optional.empty(),
                question.include(),
                question.advanced(),
                question.ticket(),
                question.reason());
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
                    .anyMatch(message -> message.first(Observation::sender)
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
                    warnings.add("Other messages reached the recipient in that time; ask without the sender to see"
                            + " them, because the envelope sender may differ from the From header.");
                }
            }
        });
        return warnings;
    }

    static void refuseIfNobodyLooked(Inquiry inquiry) {
        List<SourceAnswer> answers =
                inquiry.sources().stream().map(inquiry::answerOf).toList();
        boolean anybody = answers.stream().anyMatch(answer -> answer.state().looked())
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
        traces.forEach(trace -> metrics.counter(
                        "mailtrace.gateway.joins",
                        "confidence",
                        trace.join().confidence().name())
                .increment());
        traces.stream()
                .flatMap(trace -> trace.recipients().stream())
                .forEach(recipient -> metrics.counter(
                                "mailtrace.outcomes",
                                "outcome",
                                recipient.outcome().name())
                        .increment());
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

    /** Which traces a page shows, and where the next one begins. */
    record Paging(List<Message> shown, Optional<Cursor> next) {
        static Paging of(List<Message> matches, Asking asking, Inquiry inquiry) {
            Optional<Instant> horizon = horizon(inquiry);
            List<Message> left = matches.stream()
                    .filter(message -> asking.cursor()
                            .map(cursor -> cursor.comesAfter(message.firstSeen(), Assembly.keyOf(message)))
                            .orElse(true))
                    .toList();
            List<Message> shown = left.stream()
                    .filter(message -> horizon.map(edge -> message.firstSeen().isAfter(edge))
                            .orElse(true))
                    .limit(asking.question().limit())
                    .toList();
            boolean more = horizon.isPresent() || left.size() > shown.size();
            return new Paging(shown, more ? Optional.of(nextAfter(shown, horizon, asking)) : Optional.empty());
        }

        /** A source with further rows may still bring something up to its last row; nothing older is shown. */
        private static Optional<Instant> horizon(Inquiry inquiry) {
            return inquiry.sources().stream()
                    .map(inquiry::answerOf)
                    .filter(answer ->
                            answer.next().isPresent() && !answer.observations().isEmpty())
                    .map(answer -> answer.observations().getLast().firstSeen())
                    .max(Comparator.naturalOrder());
        }

        /** Where the next page begins after a page that shows these. */
        static Cursor nextAfter(List<Message> shown, Asking asking) {
            return nextAfter(shown, Optional.empty(), asking);
        }

        private static Cursor nextAfter(List<Message> shown, Optional<Instant> horizon, Asking asking) {
            Question question = asking.question();
            if (!shown.isEmpty()) {
                Message last = shown.getLast();
                return new Cursor(question.from(), question.to(), last.firstSeen(), Assembly.keyOf(last), Cursor.SKEW);
            }
            Instant edge = horizon.orElse(question.from());
            // Nothing could be shown: go on at the edge, and closer to it, so that a crowded moment is got past.
            return new Cursor(question.from(), question.to(), edge, "", Duration.ZERO);
        }
    }
}
