package org.mailtrace.gateway.conclude;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.settings.GatewaySettings;

/** Whether every source that must or may have a row for what was asked really looked, over the whole window. */
@ApplicationScoped
public class Completeness {
    /** Answers take a moment; a source that proves absence up to a moment ago has proven it. */
    private static final Duration SLACK = Duration.ofMinutes(2);

    private final Map<String, GatewaySettings.Source> sources;
    private final Origins origins;
    private final Clock clock;

    Completeness(GatewaySettings settings, Origins origins, Clock clock) {
        this.sources = settings.sources();
        this.origins = origins;
        this.clock = clock;
    }

    /** The sources that did not look although they must or may have a row; empty means complete. */
    public List<SourceAnswer> blind(Question question, List<Message> messages, Inquiry inquiry) {
        return sources.keySet().stream()
                .sorted()
                .filter(source -> !cannotHave(source, question, messages))
                .map(inquiry::answerOf)
                .filter(answer -> !lookedOver(question, answer))
                .toList();
    }

    /**
     * As {@link #blind}, where nobody asks for a further page: a source that says that more follows has more than it could
     * show.
     */
    public List<SourceAnswer> blindInOnePage(Question question, List<Message> messages, Inquiry inquiry) {
        List<SourceAnswer> blind = new ArrayList<>(blind(question, messages, inquiry));
        sources.keySet().stream()
                .sorted()
                .map(inquiry::answerOf)
                .filter(answer -> answer.state().looked() && answer.next().isPresent())
                .filter(answer ->
                        blind.stream().noneMatch(other -> other.source().equals(answer.source())))
                .map(Completeness::truncated)
                .forEach(blind::add);
        return blind;
    }

    private static SourceAnswer truncated(SourceAnswer answer) {
        return new SourceAnswer(
                answer.source(),
                SourceState.TRUNCATED,
                answer.searchedFrom(),
                answer.searchedTo(),
                answer.searchableFrom(),
                answer.dataAsOf(),
                answer.absenceProvenUntil(),
                answer.tookMs(),
                answer.retryAfterSeconds(),
                answer.parts(),
                answer.equivalent(),
                answer.explanation(),
                answer.warnings(),
                answer.observations(),
                answer.next());
    }

    /**
     * A source is only let off when the question names one message, by its network message id, and its observed origin
     * rules that source out: any other question may concern further messages that this very source would have to show. A
     * Message-ID names no single message, because whoever sends may use another's.
     */
    private boolean cannotHave(String source, Question question, List<Message> messages) {
        return question.messageId()
                        .filter(id -> id.kind() == MailId.Kind.NETWORK_MESSAGE_ID)
                        .isPresent()
                && !messages.isEmpty()
                && messages.stream()
                        .allMatch(message -> allRecipientsKnown(message)
                                && origins.cannotHave(source, message, message.recipients()));
    }

    /** A recipient that nobody lists may be anywhere. */
    private static boolean allRecipientsKnown(Message message) {
        return message.sightings().stream()
                .allMatch(sighting -> sighting.observation().recipientsComplete());
    }

    private boolean lookedOver(Question question, SourceAnswer answer) {
        boolean fromTheStart = answer.searchedFrom()
                .map(from -> !from.isAfter(question.from().plus(SLACK)))
                .orElse(true);
        if (!answer.state().looked() || !fromTheStart || hidesRows(answer)) {
            return false;
        }
        Instant now = clock.instant();
        Instant end = question.to().isBefore(now) ? question.to() : now;
        GatewaySettings.Source source = sources.get(answer.source());
        Instant needed = end.isBefore(now.minus(source.settling())) ? end : now.minus(source.settling());
        return answer.absenceProvenUntil()
                .filter(proven -> !proven.plus(SLACK).isBefore(needed))
                .isPresent();
    }

    /** It shows nothing and says that more follows: what follows was not seen. */
    public static boolean hidesRows(SourceAnswer answer) {
        return answer.next().isPresent() && answer.observations().isEmpty();
    }

    /** Up to when all of these sources prove that there is no further message. */
    public Optional<Instant> provenUntil(Inquiry inquiry) {
        return inquiry.sources().stream()
                .map(inquiry::answerOf)
                .filter(answer -> answer.state().looked())
                .map(SourceAnswer::absenceProvenUntil)
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }
}
