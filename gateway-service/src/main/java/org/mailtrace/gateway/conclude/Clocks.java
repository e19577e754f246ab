package org.mailtrace.gateway.conclude;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Sighting;
import org.mailtrace.gateway.join.Word;

/**
 * Where one system has records of a message before any of those had it that handed it over to it: then their clocks differ.
 * Custody is not told by clocks, so this changes no order; but whoever compares the times has to know it.
 */
final class Clocks {
    /** Times are rounded to seconds. */
    private static final Duration NOTEWORTHY = Duration.ofSeconds(10);

    private final NextHops hops;

    Clocks(NextHops hops) {
        this.hops = hops;
    }

    /**
     * Two systems whose clocks differ.
     *
     * @param giver who had it first of those that handed it over
     * @param taker who had it before that, by the clocks
     * @param by at least so much
     */
    record Gap(String giver, String taker, Duration by) {}

    /**
     * All systems that had it too early. A giver tells only its last hand-over, so it is taken by when it had the message
     * itself; and nothing is said where a giver may be missing, because a recipient is not listed.
     */
    List<Gap> gapsIn(Message message) {
        boolean allListed =
                message.sightings().stream().allMatch(s -> s.observation().recipientsComplete());
        if (!allListed || isWithin(NOTEWORTHY, message)) {
            return List.of();
        }
        List<Gap> gaps = new ArrayList<>();
        message.sightings().stream()
                .map(Sighting::source)
                .distinct()
                .forEach(taker -> gap(message, taker).ifPresent(gaps::add));
        return gaps;
    }

    /** Whether all had it within that time, so that no two of them are further apart. */
    private static boolean isWithin(Duration time, Message message) {
        Instant first = message.sightings().getFirst().observation().firstSeen();
        Instant last = message.sightings().getLast().observation().firstSeen();
        return Duration.between(first, last).compareTo(time) <= 0;
    }

    private Optional<Gap> gap(Message message, String taker) {
        Optional<Sighting> giver = first(message.sightings().stream()
                .filter(sighting -> !sighting.source().equals(taker) && handsTo(sighting, taker, message)));
        Optional<Sighting> taken = first(message.sightings().stream()
                .filter(sighting -> sighting.source().equals(taker)));
        boolean cameFromOutside = message.sightings().stream()
                .filter(sighting -> sighting.source().equals(taker))
                .anyMatch(sighting -> sighting.observation().origin().isPresent());
        if (giver.isEmpty() || taken.isEmpty() || cameFromOutside) {
            return Optional.empty();
        }
        Duration gap = Duration.between(
                taken.get().observation().firstSeen(), giver.get().observation().firstSeen());
        return gap.compareTo(NOTEWORTHY) > 0
                ? Optional.of(new Gap(giver.get().source(), taker, gap))
                : Optional.empty();
    }

    private static Optional<Sighting> first(Stream<Sighting> sightings) {
        return sightings.min(Comparator.comparing(s -> s.observation().firstSeen()));
    }

    private boolean handsTo(Sighting giver, String taker, Message message) {
        return giver.observation().recipients().stream()
                .anyMatch(recipient -> hops.targetOf(new Word(giver, recipient), message.wordsOn(recipient.address()))
                        .filter(taker::equals)
                        .isPresent());
    }
}
