package org.mailtrace.source;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Fault;
import org.mailtrace.contract.InvalidQuestionException;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Question;

/**
 * One page of observations, newest first. The cursor is the last observation's place in that order, so that rows that
 * arrive meanwhile neither shift nor repeat what follows.
 *
 * @param observations at most as many as the question's limit
 * @param next cursor of the next page; empty on the last one
 */
public record Page(List<Observation> observations, Optional<String> next) {
    /** Newest first, ties by id, so that the order is total. */
    public static final Comparator<Observation> ORDER =
            Comparator.comparing(Observation::firstSeen).reversed().thenComparing(Observation::sourceId);

    public Page {
        observations = List.copyOf(observations);
    }

    /**
     * Cuts the page that the question asks for out of all its matches.
     *
     * @throws InvalidQuestionException if the cursor is not one of ours
     */
    public static Page of(List<Observation> matches, Question question) {
        Optional<SourceId> after = question.cursor().map(Page::place);
        List<Observation> rest = matches.stream()
                .sorted(ORDER)
                .filter(match -> after.map(place -> comesAfter(match, place)).orElse(true))
                .toList();
        List<Observation> page = rest.stream().limit(question.limit()).toList();
        Optional<String> next = rest.size() > page.size() ? Optional.of(cursorAfter(page.getLast())) : Optional.empty();
        return new Page(page, next);
    }

    /** The cursor that continues after an observation. */
    public static String cursorAfter(Observation last) {
        return new SourceId(last.firstSeen(), last.sourceId()).encoded();
    }

    /**
     * The place that a cursor stands for: when the last observation was first seen, and its source id.
     *
     * @throws InvalidQuestionException if the cursor is not one of ours
     */
    public static SourceId place(String cursor) {
        return SourceId.decode(cursor)
                .orElseThrow(() -> new InvalidQuestionException(
                        List.of(new Fault("cursor", "Use a cursor exactly as an earlier answer gave it."))));
    }

    private static boolean comesAfter(Observation candidate, SourceId place) {
        int byTime = candidate.firstSeen().compareTo(place.firstSeen());
        return byTime < 0 || (byTime == 0 && candidate.sourceId().compareTo(place.key()) > 0);
    }
}
