package org.mailtrace.gateway.ask;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourcePart;
import org.mailtrace.contract.SourceState;
import org.mailtrace.http.guard.SourceFailure;

/**
 * Believes a source's answer only as far as it can be true. A source that contradicts itself, or gives messages of which
 * none was asked for, did not understand the question: its silence about others proves nothing.
 */
final class Scrutiny {
    /** A row further outside the window was not looked for there; what is nearer is a matter of clocks and of passes. */
    private static final Duration NEAR = Duration.ofDays(1);

    /** What lies further off is no time of any message; calculating with it would fail. */
    private static final Duration LIFETIME = Duration.ofDays(366L * 50);

    private static final long LONGEST_RETRY = Duration.ofDays(1).toSeconds();

    private final String title;
    private final Clock clock;

    Scrutiny(String title, Clock clock) {
        this.title = title;
        this.clock = clock;
    }

    /**
     * What of the answer can be believed.
     *
     * @throws SourceFailure if nothing can
     */
    SourceAnswer of(Question question, SourceAnswer answer) {
        Instant now = clock.instant();
        if (!answer.observations().stream().allMatch(row -> isPossible(row, now))) {
            throw unbelievable("gave a message with a time that cannot be.");
        }
        boolean strange = answer.observations().stream().noneMatch(row -> concerns(question, row));
        if (strange && !answer.observations().isEmpty()) {
            throw unbelievable("gave messages that were not asked for.");
        }
        Optional<SourceState> contradicted = contradicted(answer);
        return new SourceAnswer(
                answer.source(),
                contradicted.orElse(answer.state()),
                possible(answer.searchedFrom(), now),
                possible(answer.searchedTo(), now),
                possible(answer.searchableFrom(), now),
                noLaterThan(now, possible(answer.dataAsOf(), now)),
                provenUntil(question, answer, now),
                Math.max(0, answer.tookMs()),
                answer.retryAfterSeconds().map(seconds -> Math.clamp(seconds, 1, LONGEST_RETRY)),
                answer.parts(),
                answer.equivalent(),
                contradicted
                        .map(state -> title + " said that it looked everywhere, and named parts that did not look.")
                        .or(answer::explanation),
                answer.warnings(),
                answer.observations(),
                answer.next());
    }

    /**
     * An observation that was looked up by its id.
     *
     * @throws SourceFailure if it is another one, or cannot be
     */
    Observation of(String sourceId, Observation found) {
        if (!found.sourceId().equals(sourceId)) {
            throw unbelievable("gave another message than the one that was asked for.");
        }
        if (!isPossible(found, clock.instant())) {
            throw unbelievable("gave a message with a time that cannot be.");
        }
        return found;
    }

    /** The state is that of its parts; a better one is not believed. */
    private static Optional<SourceState> contradicted(SourceAnswer answer) {
        List<SourceState> parts = answer.parts().stream().map(SourcePart::state).toList();
        return Optional.of(answer.state())
                .filter(SourceState::looked)
                .filter(looked -> !parts.stream().allMatch(SourceState::looked))
                .map(looked -> SourceState.ofParts(parts));
    }

    /** Nothing is proven about the future, nor beyond what was searched. */
    private static Optional<Instant> provenUntil(Question question, SourceAnswer answer, Instant now) {
        Optional<Instant> proven = noLaterThan(now, possible(answer.absenceProvenUntil(), now));
        return possible(answer.searchedTo(), now)
                .filter(searched -> searched.isBefore(question.to()))
                .map(searched -> noLaterThan(searched, proven))
                .orElse(proven);
    }

    private static Optional<Instant> noLaterThan(Instant end, Optional<Instant> instant) {
        return instant.map(at -> at.isAfter(end) ? end : at);
    }

    private static Optional<Instant> possible(Optional<Instant> instant, Instant now) {
        return instant.filter(at -> isPossible(at, now));
    }

    private static boolean isPossible(Observation row, Instant now) {
        return isPossible(row.firstSeen(), now)
                && isPossible(row.lastSeen(), now)
                && row.recipients().stream()
                        .allMatch(recipient ->
                                recipient.at().map(at -> isPossible(at, now)).orElse(true))
                && row.events().stream().allMatch(event -> isPossible(event.at(), now));
    }

    private static boolean isPossible(Instant at, Instant now) {
        long apart = at.getEpochSecond() - now.getEpochSecond();
        return Math.abs(apart) < LIFETIME.toSeconds();
    }

    /**
     * Whether a row can belong to what was asked; what the row does not tell speaks for it. Rows beside one that fits are
     * kept: they may be other passes of its message, and a message that does not fit is not shown.
     */
    private static boolean concerns(Question question, Observation row) {
        return !row.firstSeen().isBefore(question.from().minus(NEAR))
                && row.firstSeen().isBefore(question.to().plus(NEAR))
                && question.sender().map(asked -> isFrom(asked, row)).orElse(true)
                && isFor(question, row)
                && Matches.id(question, row)
                && Matches.subject(question, row);
    }

    private static boolean isFrom(AddressPattern asked, Observation row) {
        boolean untold = row.sender().isEmpty() && row.headerFrom().isEmpty();
        return untold
                || row.sender().filter(asked::matches).isPresent()
                || row.headerFrom()
                        .map(from -> from.toLowerCase(Locale.ROOT))
                        .filter(from -> from.contains(asked.isWholeDomain() ? asked.domain() : asked.value()))
                        .isPresent();
    }

    private static boolean isFor(Question question, Observation row) {
        return question.recipients().isEmpty()
                || row.recipients().isEmpty()
                || !row.recipientsComplete()
                || row.recipients().stream().flatMap(Scrutiny::addresses).anyMatch(question::asksForRecipient);
    }

    private static Stream<String> addresses(Recipient recipient) {
        return Stream.concat(Stream.of(recipient.address()), recipient.relatedAddresses().stream());
    }

    private SourceFailure unbelievable(String what) {
        return new SourceFailure(SourceState.FAILED, "The service for " + title + " " + what);
    }
}
