package org.mailtrace.gateway.join;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;

/**
 * Finds out which messages of one source are which of another, where both have several under one Message-ID. What fits
 * best over all of them counts: the same ids, then recipients, then the time of a hand-over. Distances are squared, so that
 * a clock that is wrong by the same amount for all of them changes nothing.
 */
final class Alignment {
    /** Beyond that many, each goes to its best place that is free. */
    private static final int ALL_WAYS = 8;

    private static final Duration OTHER_RECIPIENTS = Duration.ofDays(2);
    private static final Duration ENDED_THERE = Duration.ofHours(6);
    /** Clocks of two systems may be so far apart, both ways, that a mere nearness in time says less than a hand-over. */
    private static final Duration HANDED_ELSEWHERE = Duration.ofMinutes(15);

    private static final Set<RecipientStatus> ENDS =
            Set.of(RecipientStatus.REJECTED, RecipientStatus.DISCARDED, RecipientStatus.FAILED);

    private final NextHops hops;
    private final double alone;

    /** @param within what is further apart is not the same message */
    Alignment(NextHops hops, Duration within) {
        this.hops = hops;
        this.alone = square(within);
    }

    /**
     * Adds a source's messages to those that are known; what fits none of them becomes a further one.
     *
     * @param known the messages so far; grows
     * @param more one source's messages
     */
    void add(List<List<Sighting>> known, List<List<Sighting>> more) {
        double[][] costs = new double[more.size()][known.size()];
        for (int i = 0; i < more.size(); i++) {
            for (int j = 0; j < known.size(); j++) {
                costs[i][j] = cost(known.get(j), more.get(i));
            }
        }
        List<Integer> places = known.size() <= ALL_WAYS && more.size() <= ALL_WAYS
                ? new Ways(costs, alone).best()
                : nearest(costs, known.size());
        List<List<Sighting>> further = new ArrayList<>();
        for (int i = 0; i < more.size(); i++) {
            if (places.get(i) < 0) {
                further.add(new ArrayList<>(more.get(i)));
            } else {
                known.get(places.get(i)).addAll(more.get(i));
            }
        }
        known.addAll(further);
    }

    private List<Integer> nearest(double[][] costs, int places) {
        boolean[] taken = new boolean[places];
        List<Integer> result = new ArrayList<>();
        for (double[] row : costs) {
            int best = -1;
            for (int j = 0; j < places; j++) {
                if (!taken[j] && row[j] < alone && (best < 0 || row[j] < row[best])) {
                    best = j;
                }
            }
            if (best >= 0) {
                taken[best] = true;
            }
            result.add(best);
        }
        return result;
    }

    private double cost(List<Sighting> known, List<Sighting> more) {
        double best = Double.MAX_VALUE;
        for (Sighting one : known) {
            for (Sighting other : more) {
                best = Math.min(best, cost(one, other));
            }
        }
        return best;
    }

    private double cost(Sighting one, Sighting other) {
        Observation a = one.observation();
        Observation b = other.observation();
        if (a.networkMessageId().isPresent() && b.networkMessageId().isPresent()) {
            // The id goes with a message through all systems that keep one.
            return a.networkMessageId().equals(b.networkMessageId()) ? 0 : alone;
        }
        Optional<Duration> handed = handed(one, other).or(() -> handed(other, one));
        if (handed.isPresent()) {
            return square(handed.get());
        }
        // Added after squaring: among several that are as unlikely, the times alone count as before.
        double unlikely = wentElsewhere(one, other) ? square(HANDED_ELSEWHERE) : 0;
        if (Collections.disjoint(Addresses.withOnwards(a), Addresses.withOnwards(b))) {
            if (handsDirectly(one, other) || handsDirectly(other, one) || Subjects.differ(a, b)) {
                return alone;
            }
            unlikely += square(OTHER_RECIPIENTS);
        } else if (isNowhereElse(a, b) || isNowhereElse(b, a)) {
            unlikely += square(ENDED_THERE);
        }
        return square(distance(one, other)) + unlikely;
    }

    /** From a hand-over for a recipient that both have to its receipt, where there is one. */
    private Optional<Duration> handed(Sighting giver, Sighting taker) {
        Set<String> wanted = Addresses.withOnwards(taker.observation());
        return giver.observation().recipients().stream()
                .filter(r -> wanted.contains(Addresses.lower(r.address())) && hands(giver, r, taker))
                .map(r -> between(new Word(giver, r).at(), taker))
                .min(Comparator.naturalOrder());
    }

    /** From a hand-over for anybody, where there is one; else from sight to sight. */
    private Duration distance(Sighting one, Sighting other) {
        return handOver(one, other)
                .map(at -> between(at, other))
                .or(() -> handOver(other, one).map(at -> between(at, one)))
                .orElseGet(() -> between(one.observation().firstSeen(), other));
    }

    private static Duration between(Instant at, Sighting receiver) {
        return Duration.between(at, receiver.observation().firstSeen()).abs();
    }

    private Optional<Instant> handOver(Sighting giver, Sighting taker) {
        return giver.observation().recipients().stream()
                .filter(r -> hands(giver, r, taker))
                .findFirst()
                .map(r -> new Word(giver, r).at());
    }

    private boolean handsDirectly(Sighting giver, Sighting taker) {
        return taker.observation().recipientsComplete()
                && giver.observation().recipientsComplete()
                && giver.observation().recipients().stream().allMatch(r -> hands(giver, r, taker));
    }

    private boolean hands(Sighting giver, Recipient recipient, Sighting taker) {
        return hops.targetOf(new Word(giver, recipient), taker.wordsOn(recipient.address()))
                .filter(taker.source()::equals)
                .isPresent();
    }

    /** Whether one of both handed all that it has to another source, and nothing was handed between the two. */
    private boolean wentElsewhere(Sighting one, Sighting other) {
        return handOver(one, other).isEmpty()
                && handOver(other, one).isEmpty()
                && (handsToAThird(one, other) || handsToAThird(other, one));
    }

    private boolean handsToAThird(Sighting giver, Sighting other) {
        List<Recipient> handed = giver.observation().recipients();
        return !handed.isEmpty()
                && handed.stream()
                        .allMatch(r -> hops.targetOf(new Word(giver, r), other.wordsOn(r.address()))
                                .filter(target -> !target.equals(other.source()))
                                .isPresent());
    }

    /** Whether a message ended with the first, which it also came to from outside, or before it could come from the second. */
    private static boolean isNowhereElse(Observation first, Observation second) {
        return ended(first, second) && (first.origin().isPresent() || ended(second, first));
    }

    /** Whether a message came to its end with the first for every recipient that both have. */
    private static boolean ended(Observation first, Observation second) {
        Set<String> addresses = Addresses.of(second);
        List<Recipient> shared = first.recipients().stream()
                .filter(r -> addresses.contains(Addresses.lower(r.address())))
                .toList();
        return !shared.isEmpty() && shared.stream().allMatch(Alignment::ended);
    }

    private static boolean ended(Recipient recipient) {
        return ENDS.contains(recipient.status())
                || recipient
                        .quarantine()
                        .filter(q -> q.state() == QuarantineState.PRESENT)
                        .isPresent();
    }

    private static double square(Duration distance) {
        double seconds = distance.toMillis() / 1000.0;
        return seconds * seconds;
    }

    /** All ways to give each of some a place of its own or none; the cheapest. */
    private static final class Ways {
        private record Way(double cost, List<Integer> places) {}

        private final double[][] costs;
        private final double alone;
        private final Map<Integer, Way> known = new HashMap<>();

        Ways(double[][] costs, double alone) {
            this.costs = costs;
            this.alone = alone;
        }

        List<Integer> best() {
            return best(0, 0).places();
        }

        private Way best(int from, int taken) {
            if (from == costs.length) {
                return new Way(0, List.of());
            }
            int key = taken * (ALL_WAYS + 1) + from;
            Way before = known.get(key);
            if (before != null) {
                return before;
            }
            Way best = and(-1, alone, best(from + 1, taken));
            for (int j = 0; j < costs[from].length; j++) {
                if ((taken & 1 << j) == 0 && costs[from][j] < alone) {
                    Way way = and(j, costs[from][j], best(from + 1, taken | 1 << j));
                    best = way.cost() < best.cost() ? way : best;
                }
            }
            known.put(key, best);
            return best;
        }

        private static Way and(int place, double cost, Way rest) {
            List<Integer> places = new ArrayList<>(List.of(place));
            places.addAll(rest.places());
            return new Way(cost + rest.cost(), places);
        }
    }
}
