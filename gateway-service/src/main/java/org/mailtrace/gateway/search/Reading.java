package org.mailtrace.gateway.search;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mailtrace.contract.Question;
import org.mailtrace.contract.SourceAnswer;
import org.mailtrace.contract.SourceState;
import org.mailtrace.gateway.ask.Asked;
import org.mailtrace.gateway.ask.Inquiry;
import org.mailtrace.gateway.ask.Questioner.Put;
import org.mailtrace.gateway.join.Joiner;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.Sighting;
import org.mailtrace.gateway.words.PageWords;

/** What was read for one page, and what of it may be shown. */
final class Reading {
    /** A source that looked before is waited for on so many pages in a row; then the list goes on without it. */
    static final int MOST_WAITS = 2;

    private final Asking asking;
    private final Question question;
    private final Joiner joiner;
    private final Map<String, Stretch> stretches = new TreeMap<>();
    private final Map<String, List<Asked>> notes = new TreeMap<>();
    private final Set<String> rows = new HashSet<>();
    private final List<Message> shownBefore = new ArrayList<>();
    private Optional<Inquiry> inquiry = Optional.empty();
    private Optional<List<Entry>> unshown = Optional.empty();
    private Border border = Border.NONE;

    Reading(Asking asking, Question question, Joiner joiner) {
        this.asking = asking;
        this.question = question;
        this.joiner = joiner;
    }

    /** A message and where it stands in the list. */
    record Entry(Message message, Spot spot) {}

    /** The question as it was put to the sources. */
    Question question() {
        return question;
    }

    void begin(String source, SourceAnswer answer) {
        stretches.put(source, new Stretch(answer));
        changed(source);
    }

    void goOn(String source, SourceAnswer answer) {
        stretches.get(source).add(answer);
        changed(source);
    }

    void note(String source, Asked asked) {
        notes.computeIfAbsent(source, any -> new ArrayList<>()).add(asked);
        forget();
    }

    private void changed(String source) {
        stretches.get(source).rows().forEach(row -> rows.add(Inquiry.keyOf(new Sighting(source, row))));
        forget();
    }

    /** What to ask for next, so that the page gets full: those that were not read below what it would show. */
    List<Put> further() {
        if (!missing().isEmpty()) {
            return List.of();
        }
        List<Map.Entry<String, Stretch>> open = stretches.entrySet().stream()
                .filter(stretch -> stretch.getValue().goesOn())
                .toList();
        if (open.isEmpty()) {
            return List.of();
        }
        List<Entry> entries = unshown();
        int limit = asking.question().limit();
        Instant bottom = entries.size() < limit
                ? Instant.MIN
                : entries.get(limit - 1).spot().at();
        return open.stream()
                .filter(stretch -> !stretch.getValue()
                        .edge()
                        .orElseThrow()
                        .plus(Cursor.SKEW)
                        .isBefore(bottom))
                .map(stretch ->
                        new Put(stretch.getKey(), after(stretch.getValue().next())))
                .toList();
    }

    private Question after(Optional<String> next) {
        return new Question(
                question.sender(),
                question.recipients(),
                question.subject(),
                question.messageId(),
                question.from(),
                question.to(),
                Question.MAX_LIMIT,
                next,
                question.include(),
                question.advanced(),
                question.ticket(),
                question.reason());
    }

    /** Those that would be shown, and of whose id something was shown on the pages before. */
    List<Message> maybeShownBefore() {
        return asking.cursor()
                .map(cursor -> unshown().stream()
                        .limit(asking.question().limit())
                        .map(Entry::message)
                        .filter(cursor.memory()::mayHold)
                        .toList())
                .orElse(List.of());
    }

    /** Nothing more will be asked for this page: what it may show is settled now. */
    void end() {
        border = border();
        Inquiry whole = inquiry();
        asking.cursor()
                .ifPresent(cursor -> whole.messages(joiner).stream()
                        .filter(message -> wasShown(cursor, entry(message)))
                        .forEach(shownBefore::add));
        whole.settle(shownBefore.stream()
                .flatMap(message -> message.sightings().stream())
                .toList());
    }

    /** Everything that was asked and answered. */
    Inquiry inquiry() {
        Inquiry all = inquiry.orElseGet(this::assembled);
        inquiry = Optional.of(all);
        return all;
    }

    private Inquiry assembled() {
        Inquiry all = new Inquiry();
        stretches.forEach((source, stretch) -> all.add(source, new Asked(question, stretch.answer())));
        notes.forEach((source, list) -> list.forEach(asked -> all.add(source, asked)));
        return all;
    }

    /** What earlier pages showed and this one had to read again. */
    List<Message> shownBefore() {
        return List.copyOf(shownBefore);
    }

    /** The sources for which this page waits and shows nothing. */
    List<String> awaited() {
        return border.awaited();
    }

    /** Around when more was recorded than could be read; then something may be missing or come twice. */
    Optional<Instant> crowdedAt() {
        return border.crowdedAt();
    }

    /** What of these may be shown on this page and was not on an earlier one, in the order of the list. */
    List<Entry> showable(List<Message> matches) {
        return border.awaited().isEmpty()
                ? entries(matches).stream()
                        .filter(entry -> border.downTo()
                                .map(edge -> entry.spot().at().isAfter(edge))
                                .orElse(true))
                        .toList()
                : List.of();
    }

    /** Whether some of these may not be shown yet, because what a source has to add may have to stand before them. */
    boolean holdsBack(List<Message> matches) {
        return !border.awaited().isEmpty()
                || entries(matches).size() > showable(matches).size();
    }

    /**
     * Where the next page begins; empty if this one was the last.
     *
     * @param shown what this page shows, those with another outcome included
     * @param all whether that is all that it may show
     */
    Optional<Cursor> next(List<Entry> shown, boolean all) {
        if (all && border.awaited().isEmpty() && border.downTo().isEmpty()) {
            return Optional.empty();
        }
        Memory memory = asking.cursor().map(Cursor::memory).orElse(Memory.EMPTY);
        boolean waits = !border.awaited().isEmpty();
        return Optional.of(new Cursor(
                asking.question().from(),
                asking.question().to(),
                waits ? place() : all ? below() : shown.getLast().spot(),
                border.overlap(),
                waits ? asking.cursor().map(Cursor::living).orElse(Set.of()) : living(),
                waits ? waited() + 1 : 0,
                memory.and(shown.stream()
                        .map(entry -> Memory.mark(entry.message(), entry.spot()))
                        .toList())));
    }

    private Spot below() {
        Spot edge = Spot.before(border.downTo().orElseThrow());
        return edge.compareTo(place()) < 0 ? place() : edge;
    }

    private Spot place() {
        return asking.cursor()
                .map(Cursor::shownDownTo)
                .orElseGet(() -> Spot.before(asking.question().to()));
    }

    private int waited() {
        return asking.cursor().map(Cursor::waits).orElse(0);
    }

    private Set<String> living() {
        return stretches.entrySet().stream()
                .filter(stretch -> stretch.getValue().answer().state().looked())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Those that looked for the page before, do not look now, and may soon again. */
    private List<String> missing() {
        Set<String> living = asking.cursor()
                .filter(cursor -> cursor.waits() < MOST_WAITS)
                .map(Cursor::living)
                .orElse(Set.of());
        return stretches.entrySet().stream()
                .filter(stretch -> living.contains(stretch.getKey()))
                .filter(stretch -> {
                    SourceState state = stretch.getValue().answer().state();
                    return !state.looked() && state.passesByItself();
                })
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<Entry> unshown() {
        List<Entry> entries = unshown.orElseGet(() -> {
            Inquiry all = inquiry();
            return entries(Search.matches(all.messages(joiner), asking.question(), asking.outcomes(), all));
        });
        unshown = Optional.of(entries);
        return entries;
    }

    /** What was read is another now. */
    private void forget() {
        inquiry = Optional.empty();
        unshown = Optional.empty();
    }

    private List<Entry> entries(List<Message> matches) {
        return matches.stream()
                .map(this::entry)
                .filter(entry ->
                        asking.cursor().map(cursor -> !wasShown(cursor, entry)).orElse(true))
                .sorted(Comparator.comparing(Entry::spot))
                .toList();
    }

    /** It stands by the rows that this page read: what further questions bring belongs to it and moves it nowhere. */
    private Entry entry(Message message) {
        return new Entry(
                message,
                Spot.of(message.sightings().stream()
                        .filter(sighting -> rows.contains(Inquiry.keyOf(sighting)))
                        .findFirst()
                        .orElse(message.sightings().getFirst())));
    }

    /** By its place, or because it stood higher up when it was shown: without the rows that have come to light since. */
    private static boolean wasShown(Cursor cursor, Entry entry) {
        return cursor.covers(entry.spot())
                || entry.message().sightings().stream()
                        .map(Spot::of)
                        .anyMatch(spot -> cursor.covers(spot) && cursor.memory().holdsRow(spot));
    }

    private Border border() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            return Border.waiting(missing, overlap());
        }
        Optional<Instant> lowest = horizon();
        if (lowest.isEmpty()) {
            return Border.NONE;
        }
        Instant horizon = Spot.before(lowest.orElseThrow()).at();
        Instant whole = horizon.plus(Cursor.SKEW);
        List<Entry> entries = unshown();
        if (anyAfter(entries, whole)) {
            return Border.at(whole);
        }
        List<String> broken = stretches.entrySet().stream()
                .filter(stretch -> stretch.getValue().isBroken())
                .map(Map.Entry::getKey)
                .toList();
        if (!broken.isEmpty() && waited() < MOST_WAITS) {
            return Border.waiting(broken, overlap());
        }
        if (!broken.isEmpty()) {
            broken.forEach(source -> stretches.get(source).giveUp());
            forget();
            return border();
        }
        return inACrowd(entries, horizon, whole);
    }

    /** Nothing is whole: either nothing there was asked for, or there is more within the skew than can be read. */
    private Border inACrowd(List<Entry> entries, Instant horizon, Instant whole) {
        Instant top = place().at();
        if (whole.isBefore(top)) {
            return Border.at(whole);
        }
        if (!horizon.isBefore(top) && !overlap().isZero()) {
            return Border.closer(top);
        }
        if (horizon.isAfter(top)) {
            stretches.values().stream()
                    .filter(stretch -> stretch.edge()
                            .map(edge -> Spot.before(edge).at())
                            .filter(top::isBefore)
                            .isPresent())
                    .forEach(stretch -> stretch.giveUp(PageWords.OTHER_TIMES));
            forget();
            return border();
        }
        boolean below = horizon.isBefore(top)
                && entries.stream().noneMatch(entry -> entry.spot().at().equals(horizon));
        return anyAfter(entries, horizon) || below
                ? Border.crowded(horizon, horizon)
                : Border.crowded(horizon.minusMillis(1), horizon);
    }

    private Duration overlap() {
        return asking.cursor().map(Cursor::overlap).orElse(Cursor.SKEW);
    }

    private static boolean anyAfter(List<Entry> entries, Instant edge) {
        return !entries.isEmpty() && entries.getFirst().spot().at().isAfter(edge);
    }

    /** The latest moment below which a source was not read. */
    private Optional<Instant> horizon() {
        return stretches.values().stream()
                .map(Stretch::edge)
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }

    /**
     * How far down the page may show.
     *
     * @param downTo exclusive; empty for everything
     * @param overlap of the next page
     */
    private record Border(
            Optional<Instant> downTo, Duration overlap, List<String> awaited, Optional<Instant> crowdedAt) {
        static final Border NONE = new Border(Optional.empty(), Cursor.SKEW, List.of(), Optional.empty());

        static Border at(Instant edge) {
            return new Border(Optional.of(edge), Cursor.SKEW, List.of(), Optional.empty());
        }

        static Border waiting(List<String> sources, Duration overlap) {
            return new Border(Optional.empty(), overlap, sources, Optional.empty());
        }

        /** The place itself was not reached: the next page begins right there. */
        static Border closer(Instant edge) {
            return new Border(Optional.of(edge), Duration.ZERO, List.of(), Optional.empty());
        }

        static Border crowded(Instant edge, Instant at) {
            return new Border(Optional.of(edge), Duration.ZERO, List.of(), Optional.of(at));
        }
    }
}
