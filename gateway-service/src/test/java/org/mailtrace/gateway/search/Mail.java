package org.mailtrace.gateway.search;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.mailtrace.contract.AddressPattern;
import org.mailtrace.contract.MailId;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.Flow;
import org.mailtrace.gateway.ask.Questioner.Put;

/** Three sources that give their rows page by page, newest first, and may be away. */
final class Mail implements Reader {
    private static final Comparator<Observation> NEWEST =
            Comparator.comparing(Observation::firstSeen).reversed().thenComparing(Observation::sourceId);

    private final Map<String, NavigableSet<Observation>> rows = new TreeMap<>();
    private final Map<String, SourceState> away = new HashMap<>();
    private final Set<String> goesInCircles = new HashSet<>();
    private int number;
    int questions;

    Mail() {
        Flow.SYSTEMS.forEach(source -> rows.put(source, new TreeSet<>(NEWEST)));
    }

    /** A message as a source had it. */
    void saw(String source, int message, Instant at) {
        Instant moment = Instant.ofEpochMilli(at.toEpochMilli());
        rows.get(source).add(observation(source + "-" + number++, id(message), moment));
    }

    static String id(int message) {
        return "<m" + message + "@contoso.example>";
    }

    void isAway(String source, SourceState state) {
        away.put(source, state);
    }

    void areBack() {
        away.clear();
    }

    void goesInCircles(String source) {
        goesInCircles.add(source);
    }

    /** The messages that any source had in the window, with the earliest of their times there. */
    Map<String, Instant> within(Instant from, Instant to) {
        return rows.values().stream()
                .flatMap(NavigableSet::stream)
                .filter(row ->
                        !row.firstSeen().isBefore(from) && row.firstSeen().isBefore(to))
                .collect(Collectors.toMap(
                        row -> row.messageId().orElseThrow(),
                        Observation::firstSeen,
                        (one, other) -> one.isBefore(other) ? one : other));
    }

    @Override
    public Map<Put, SourceAnswer> ask(List<Put> puts) {
        questions += puts.size();
        return puts.stream().collect(Collectors.toMap(put -> put, put -> answer(put.source(), put.question())));
    }

    @Override
    public boolean mayGoOn() {
        return true;
    }

    private SourceAnswer answer(String source, Question question) {
        if (away.containsKey(source)) {
            return SourceAnswer.without(source, away.get(source), "It is away.", 1);
        }
        List<Observation> matches = rows.get(source).stream()
                .filter(row -> question.covers(row.firstSeen()))
                .filter(row -> question.messageId()
                        .map(asked -> row.messageId()
                                .map(MailId::of)
                                .filter(asked::equals)
                                .isPresent())
                        .orElse(true))
                .toList();
        int most = goesInCircles.contains(source) ? 50 : question.limit();
        int start = question.cursor()
                .filter(any -> !goesInCircles.contains(source))
                .map(cursor -> IntStream.range(0, matches.size())
                                .filter(i -> matches.get(i).sourceId().equals(cursor))
                                .findFirst()
                                .orElseThrow()
                        + 1)
                .orElse(0);
        List<Observation> page = matches.stream().skip(start).limit(most).toList();
        boolean more = start + page.size() < matches.size();
        return new SourceAnswer(
                source,
                SourceState.ANSWERED,
                Optional.of(question.from()),
                Optional.of(question.to()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Flow.NOW),
                1,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                page,
                more ? Optional.of(page.getLast().sourceId()) : Optional.empty());
    }

    private static Observation observation(String sourceId, String messageId, Instant at) {
        return new Observation(
                sourceId,
                Optional.of(messageId),
                Optional.empty(),
                Optional.of("sam@contoso.example"),
                Optional.empty(),
                Optional.of("Quarterly report"),
                Optional.empty(),
                at,
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1),
                true,
                true,
                List.of(Flow.is(
                        RecipientStatus.DELIVERED,
                        Duration.between(at, Flow.NOW).toMinutes())),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** A question for everything that one recipient got. */
    static Question question(Instant from, Instant to, int limit) {
        return new Question(
                Optional.empty(),
                Stream.of(Flow.ANA).map(AddressPattern::new).toList(),
                Optional.empty(),
                Optional.empty(),
                from,
                to,
                limit,
                Optional.empty(),
                Set.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
