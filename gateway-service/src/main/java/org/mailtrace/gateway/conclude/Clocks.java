package org.mailtrace.gateway.conclude;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Sighting;
import org.mailtrace.gateway.join.Word;

/**
 * Where one system has records of a message before anybody says to have handed it over to it: then their clocks differ.
 * Custody is not told by clocks, so this changes no order; but whoever compares the times has to know it.
 */
final class Clocks {
    /** Times are rounded to seconds, and a receiver's record may be made before the giver has its reply. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(10);

    private final NextHops hops;

    Clocks(NextHops hops) {
        this.hops = hops;
    }

    /**
     * Two systems whose clocks differ.
     *
     * @param giver who handed it over first
     * @param taker who had it before that, by the clocks
     * @param by at least so much
     */
    record Gap(String giver, String taker, Duration by) {}

    /**
     * All systems that had it too early. Nothing is said where a hand-over may not be listed, for then it may have been the
     * first.
     */
    List<Gap> gapsIn(Message message) {
        boolean allListed = message.sightings().stream().allMatch(s -> s.observation().recipientsComplete());
        if (!allListed) {
            return List.of();
        }
        List<Word> words = message.recipients().stream()
                .flatMap(address -> message.wordsOn(address).stream())
                .toList();
        List<Gap> gaps = new ArrayList<>();
        message.sightings().stream()
                .map(Sighting::source)
                .distinct()
                .forEach(taker -> gap(message, taker, words).ifPresent(gaps::add));
        return gaps;
    }

    private Optional<Gap> gap(Message message, String taker, List<Word> words) {
        List<Word> handed = words.stream()
                .filter(word -> isHandedTo(word, taker) && !word.source().equals(taker))
                .toList();
        Set<String> givers = handed.stream().map(Word::source).collect(Collectors.toSet());
        boolean hadItFromElsewhere = message.sightings().stream()
                .filter(sighting -> sighting.source().equals(taker))
                .anyMatch(sighting -> sighting.observation().origin().isPresent());
        // A giver tells its last hand-over: in a circle it was not the first.
        boolean inACircle = words.stream()
                .filter(word -> word.source().equals(taker))
                .anyMatch(word -> hops.targetOf(word)
                        .filter(target -> givers.contains(target) || target.equals(taker))
                        .isPresent());
        if (handed.isEmpty() || hadItFromElsewhere || inACircle) {
            return Optional.empty();
        }
        Word first = handed.stream().min(Comparator.comparing(Word::at)).orElseThrow();
        Instant had = message.sightings().stream()
                .filter(sighting -> sighting.source().equals(taker))
                .map(sighting -> sighting.observation().firstSeen())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Duration gap = Duration.between(had, first.at());
        return gap.compareTo(NOTEWORTHY) > 0
                ? Optional.of(new Gap(first.source(), taker, gap))
                : Optional.empty();
    }

    private boolean isHandedTo(Word giver, String taker) {
        return hops.targetOf(giver).filter(taker::equals).isPresent();
    }
}
