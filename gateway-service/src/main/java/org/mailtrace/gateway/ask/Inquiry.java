package org.mailtrace.gateway.ask;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.Sighting;

/** Everything that was asked and answered for one answer of ours: the ground on which absence may or may not be said. */
public final class Inquiry {
    /** Sources round their windows, and their clocks are not ours. */
    private static final Duration ROUNDING = Duration.ofMinutes(2);

    /** By name, so that it does not matter who answered first. */
    private final Map<String, List<Asked>> bySource = new TreeMap<>();

    /** The questions that were put, so that many can be looked up. */
    private final Map<String, Set<Question>> questions = new HashMap<>();

    private final Allowance allowance = new Allowance();

    /** Sightings of what was shown before, by {@link #keyOf}; they are no part of what is found now. */
    private final Set<String> settled = new HashSet<>();

    /** What the sightings so far were joined to; emptied by every further answer. */
    private Optional<List<Message>> joined = Optional.empty();

    /** All sightings by Message-ID, also of what was shown before; emptied by every further answer. */
    private Optional<Map<String, List<Sighting>>> byMessageId = Optional.empty();

    /** The messages that those of one Message-ID make. */
    private final Map<String, List<Message>> joinedByMessageId = new HashMap<>();

    private final Set<String> warnings = new LinkedHashSet<>();

    /** Notes one answer. */
    public void add(String source, Asked asked) {
        bySource.computeIfAbsent(source, name -> new ArrayList<>()).add(asked);
        questions.computeIfAbsent(source, name -> new HashSet<>()).add(asked.question());
        joined = Optional.empty();
        byMessageId = Optional.empty();
        joinedByMessageId.clear();
    }

    /** Leaves these sightings out from now on, whoever gives them again; the answers they came with stay. */
    public void settle(Collection<Sighting> shownBefore) {
        if (!shownBefore.isEmpty()) {
            shownBefore.forEach(sighting -> settled.add(keyOf(sighting)));
            joined = Optional.empty();
        }
    }

    /** Whether anything was left out because it was shown before. */
    boolean hasSettled() {
        return !settled.isEmpty();
    }

    /** What tells one source's rows from all others. */
    public static String keyOf(Sighting sighting) {
        return sighting.source() + "\n" + sighting.observation().sourceId();
    }

    /** The messages that all sightings so far make, newest first; joined once for as long as nothing is added. */
    public List<Message> messages(Joiner joiner) {
        List<Message> messages = joined.orElseGet(() -> joiner.join(sightings()));
        joined = Optional.of(messages);
        return messages;
    }

    /**
     * All that was seen under a Message-ID, also of what was shown before; a row that came with several answers stands there as
     * often.
     */
    public List<Sighting> seenUnder(String messageId) {
        Map<String, List<Sighting>> all = byMessageId.orElseGet(() -> everySighting()
                .flatMap(sighting -> idOf(sighting).stream().map(id -> Map.entry(id, sighting)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList()))));
        byMessageId = Optional.of(all);
        return all.getOrDefault(messageId.toLowerCase(Locale.ROOT), List.of());
    }

    /** The messages that all that was seen under a Message-ID makes, also what was shown before. */
    public List<Message> messagesUnder(String messageId, Joiner joiner) {
        String id = messageId.toLowerCase(Locale.ROOT);
        List<Message> messages =
                Optional.ofNullable(joinedByMessageId.get(id)).orElseGet(() -> joiner.join(seenUnder(id)));
        joinedByMessageId.put(id, messages);
        return messages;
    }

    private static Optional<String> idOf(Sighting sighting) {
        return sighting.observation().messageId().flatMap(MailId::messageId).map(id -> id.toLowerCase(Locale.ROOT));
    }

    /** Notes what the caller must know about how the question was put. */
    public void warn(String sentence) {
        warnings.add(sentence);
    }

    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** The addresses that may still be asked for. */
    Allowance allowance() {
        return allowance;
    }

    /** What the source answered to the caller's own question, or to the same question by an id that it does know. */
    public SourceAnswer answerOf(String source) {
        List<Asked> asked = of(source);
        SourceAnswer first = asked.getFirst().answer();
        boolean byId = asked.getFirst().question().messageId().isPresent();
        return first.state() == SourceState.CANNOT_ANSWER && byId && asked.size() > 1
                ? asked.get(1).answer()
                : first;
    }

    /** Whether every source looked, whatever it was asked: what none of them has is proven not to be there. */
    public boolean everybodyLooked() {
        return sources().stream()
                .allMatch(source -> answerOf(source).state().looked()
                        && of(source).stream()
                                .noneMatch(asked -> asked.answer().state().passesByItself()));
    }

    /** How the source answered the last question that was put to it. */
    SourceState lastStateOf(String source) {
        return of(source).getLast().answer().state();
    }

    /** Every source that has a place in the answer, asked or not. */
    public Collection<String> sources() {
        return List.copyOf(bySource.keySet());
    }

    /** The sources that gave any observation, to any question. */
    public Set<String> showed() {
        return bySource.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                        .anyMatch(asked -> !asked.answer().observations().isEmpty()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** All observations that any source gave, to any question, but for those of what was shown before. */
    public List<Sighting> sightings() {
        return everySighting()
                .filter(sighting -> settled.isEmpty() || !settled.contains(keyOf(sighting)))
                .toList();
    }

    private Stream<Sighting> everySighting() {
        return bySource.entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .flatMap(asked -> asked.answer().observations().stream())
                        .map(observation -> new Sighting(entry.getKey(), observation)));
    }

    /** Whether a source gave any of these as an answer to a question by subject: it may read more of it than it shows. */
    public boolean foundBySubject(List<Sighting> sightings) {
        return bySource.entrySet().stream()
                .anyMatch(entry -> entry.getValue().stream()
                        .filter(asked -> asked.question().subject().isPresent())
                        .flatMap(asked -> asked.answer().observations().stream())
                        .anyMatch(observation -> sightings.stream()
                                .anyMatch(sighting -> sighting.source().equals(entry.getKey())
                                        && sighting.observation().sourceId().equals(observation.sourceId()))));
    }

    /** Whether this very question was put to the source already. */
    public boolean holds(String source, Question question) {
        return questions.getOrDefault(source, Set.of()).contains(question);
    }

    /**
     * How well a source looked for one message of one recipient in the interval that follows a hand-over.
     *
     * @param messageId the message's Message-ID, if any source knows it
     */
    public Look lookFor(
            String source, Optional<String> messageId, String address, Instant from, Duration grace, Instant now) {
        Look byAddress = look(source, from, grace, now, question -> asksOnlyForAddress(question, address));
        return messageId
                .map(id -> look(source, from, grace, now, question -> asksOnlyForId(question, id))
                        .and(byAddress))
                .orElse(byAddress);
    }

    /**
     * Whether a source was searched for a message by its Message-ID from that moment up to now, and looked. Only then
     * is it strange that it has no row.
     */
    public boolean lookedById(String source, String messageId, Instant from, Instant now) {
        return look(source, from, Duration.ZERO, now, question -> asksOnlyForId(question, messageId))
                .whole();
    }

    /** Whether a source was searched for everything that this recipient got from that moment up to now, and looked. */
    public boolean lookedByAddress(String source, String address, Instant from, Instant now) {
        return look(source, from, Duration.ZERO, now, question -> asksOnlyForAddress(question, address))
                .whole();
    }

    /**
     * Up to when it is proven that a source has not the message: by its Message-ID or by everything that this recipient got from
     * that moment on, whichever reaches further.
     *
     * @param messageId the message's Message-ID, if any source knows it
     * @return empty where it did not look
     */
    public Optional<Instant> provenWithout(
            String source, Optional<String> messageId, String address, Instant from, Instant now) {
        return Stream.concat(
                        Stream.of(look(
                                source, from, Duration.ZERO, now, question -> asksOnlyForAddress(question, address))),
                        messageId.stream()
                                .map(id -> look(
                                        source, from, Duration.ZERO, now, question -> asksOnlyForId(question, id))))
                .filter(Look::whole)
                .flatMap(look -> look.provenUntil().stream())
                .max(Instant::compareTo);
    }

    private Look look(String source, Instant from, Duration grace, Instant now, Predicate<Question> asksForIt) {
        List<SourceAnswer> put = of(source).stream()
                .filter(asked -> asksForIt.test(asked.question()))
                .filter(asked -> asksOver(asked.question(), from, now))
                .map(Asked::answer)
                .toList();
        List<SourceAnswer> answers =
                put.stream().filter(answer -> searchedOver(answer, from, now)).toList();
        List<SourceAnswer> whole = answers.stream()
                .filter(answer -> answer.state().looked() && answer.next().isEmpty())
                .toList();
        if (whole.isEmpty()) {
            boolean ownAnswered = answerOf(source).state().looked();
            if (put.isEmpty() && ownAnswered) {
                return Look.notAsked();
            }
            SourceAnswer why = answers.isEmpty() ? answerOf(source) : answers.getLast();
            return Look.failed(
                    why.state().looked() ? SourceState.PARTIAL : why.state(), why.explanation(), ownAnswered);
        }
        Optional<Instant> until = whole.stream()
                .map(Inquiry::provenUntil)
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
        boolean graceSeen =
                until.filter(proven -> !proven.isBefore(from.plus(grace))).isPresent();
        return new Look(true, graceSeen, until, SourceState.ANSWERED, Optional.empty(), true, true);
    }

    /** From then up to now, by what was asked. */
    private static boolean asksOver(Question question, Instant from, Instant now) {
        return !question.from().isAfter(from) && !question.to().isBefore(now.minus(ROUNDING));
    }

    /** From then up to now, by what the source says that it searched. */
    private static boolean searchedOver(SourceAnswer answer, Instant from, Instant now) {
        boolean fromThen = answer.searchedFrom()
                .filter(start -> start.isAfter(from.plus(ROUNDING)))
                .isEmpty();
        boolean upToNow = answer.searchedTo()
                .filter(end -> end.isBefore(now.minus(ROUNDING)))
                .isEmpty();
        return fromThen && upToNow;
    }

    /** The weaker of what a source says about its records and about absence. */
    private static Optional<Instant> provenUntil(SourceAnswer answer) {
        return Stream.of(answer.dataAsOf(), answer.absenceProvenUntil())
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    private static boolean asksOnlyForId(Question question, String messageId) {
        return question.messageId()
                        .filter(id -> id.value().equalsIgnoreCase(messageId))
                        .isPresent()
                && question.sender().isEmpty()
                && question.subject().isEmpty()
                && question.recipients().isEmpty();
    }

    private static boolean asksOnlyForAddress(Question question, String address) {
        return question.recipients().contains(new AddressPattern(address.toLowerCase(Locale.ROOT)))
                && question.sender().isEmpty()
                && question.subject().isEmpty()
                && question.messageId().map(MailId::value).isEmpty();
    }

    private List<Asked> of(String source) {
        return bySource.getOrDefault(source, List.of());
    }
}
