package org.mailtrace.gateway.join;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.Recipient;
import org.mailtrace.contract.RecipientStatus;

/**
 * Puts together two messages of one Message-ID of which one was handed to a source for a recipient more often than that
 * source shows it, while the other is in that source for the same recipient and was handed over by nobody: they are the
 * two halves of one hand-over. Only where no other half would fit: none at all, or none at that time where every hand-over says its own.
 */
final class Reunion {
    /** A row may tell several transactions and the time of one of them. What came later than this is rather a resend. */
    private static final Duration LONGEST = Duration.ofHours(2);

    private final NextHops hops;
    private final Duration within;

    /** @param within what is further apart is not the same message */
    Reunion(NextHops hops, Duration within) {
        this.hops = hops;
        this.within = within.compareTo(LONGEST) < 0 ? within : LONGEST;
    }

    /** Who was handed a recipient's message, or shows it. */
    private record Place(String source, String recipient) {}

    /**
     * One side of a hand-over, and the place of its message among all.
     *
     * @param timed whether it says of itself when that was
     */
    private record Half(int message, Sighting sighting, Instant at, boolean timed) {}

    private record Pair(Half giver, Half taker) {}

    /** The messages of one Message-ID, halves put together. */
    List<List<Sighting>> of(List<List<Sighting>> messages) {
        List<List<Sighting>> left = new ArrayList<>(messages);
        boolean joined = true;
        while (joined) {
            // Two that became one may fit a third.
            joined = left.size() > 1 && joinedTwo(left);
        }
        return left;
    }

    private boolean joinedTwo(List<List<Sighting>> messages) {
        Map<Place, List<Half>> given = new LinkedHashMap<>();
        Map<Place, List<Half>> taken = new LinkedHashMap<>();
        for (int i = 0; i < messages.size(); i++) {
            halves(i, messages.get(i), given, taken);
        }
        for (Map.Entry<Place, List<Half>> entry : given.entrySet()) {
            Optional<Pair> pair = pair(entry.getValue(), taken.getOrDefault(entry.getKey(), List.of()))
                    .filter(halves -> fit(messages, halves.giver(), halves.taker()));
            if (pair.isPresent()) {
                int giver = pair.get().giver().message();
                int taker = pair.get().taker().message();
                List<Sighting> whole = new ArrayList<>(messages.get(giver));
                whole.addAll(messages.get(taker));
                messages.set(giver, whole);
                messages.remove(taker);
                return true;
            }
        }
        return false;
    }

    private static Optional<Pair> pair(List<Half> givers, List<Half> takers) {
        Optional<Half> giver = only(givers);
        Optional<Half> taker = only(takers);
        return giver.isPresent() && taker.isPresent()
                ? Optional.of(new Pair(giver.get(), taker.get()))
                : pairAtOneTime(givers, takers);
    }

    /** Of several sendings, those two halves that no clock can have moved away from each other, or to another one. */
    private static Optional<Pair> pairAtOneTime(List<Half> givers, List<Half> takers) {
        return givers.stream()
                .filter(any -> givers.stream().allMatch(Half::timed))
                .flatMap(giver -> only(atOneTime(giver, takers))
                        .filter(taker -> only(atOneTime(taker, givers)).isPresent())
                        .map(taker -> new Pair(giver, taker))
                        .stream())
                .findFirst();
    }

    private static List<Half> atOneTime(Half one, List<Half> others) {
        return others.stream()
                .filter(other -> Duration.between(one.at(), other.at()).abs().compareTo(Word.NEAR) <= 0)
                .toList();
    }

    private void halves(int place, List<Sighting> message, Map<Place, List<Half>> given, Map<Place, List<Half>> taken) {
        Map<String, List<Word>> byRecipient = message.stream()
                .flatMap(sighting ->
                        sighting.observation().recipients().stream().map(recipient -> new Word(sighting, recipient)))
                .collect(Collectors.groupingBy(
                        word -> Addresses.lower(word.recipient().address()), LinkedHashMap::new, Collectors.toList()));
        byRecipient.forEach((address, words) -> {
            Map<String, List<Word>> handed = new LinkedHashMap<>();
            words.forEach(word -> hops.targetOf(word, words)
                    .ifPresent(target -> handed.computeIfAbsent(target, any -> new ArrayList<>())
                            .add(word)));
            handed.forEach((target, givers) -> {
                Word last = givers.stream().max(Comparator.comparing(Word::at)).orElseThrow();
                if (givers.size() > count(words, target)) {
                    add(
                            given,
                            new Place(target, address),
                            new Half(place, last.sighting(), last.at(), last.saysWhen()));
                }
            });
            words.stream()
                    .filter(word -> !handed.containsKey(word.source()))
                    .filter(word -> word.sighting().observation().origin().isEmpty())
                    .forEach(word -> add(
                            taken,
                            new Place(word.source(), address),
                            new Half(
                                    place,
                                    word.sighting(),
                                    word.sighting().observation().firstSeen(),
                                    true)));
        });
    }

    private static long count(List<Word> words, String source) {
        return words.stream().filter(word -> word.source().equals(source)).count();
    }

    private static void add(Map<Place, List<Half>> halves, Place place, Half half) {
        halves.computeIfAbsent(place, any -> new ArrayList<>()).add(half);
    }

    /** That of the only message that has one; a message may have several. */
    private static Optional<Half> only(List<Half> halves) {
        return halves.stream()
                .findFirst()
                .filter(first -> halves.stream().allMatch(half -> half.message() == first.message()));
    }

    private boolean fit(List<List<Sighting>> messages, Half giver, Half taker) {
        List<Sighting> one = messages.get(giver.message());
        List<Sighting> other = messages.get(taker.message());
        return giver.message() != taker.message()
                && near(giver, taker)
                && !(began(one) && began(other))
                && one.stream().allMatch(a -> other.stream().allMatch(b -> mayBeOne(a, b)));
    }

    private boolean near(Half giver, Half taker) {
        Optional<String> id = giver.sighting().observation().networkMessageId();
        boolean otherId = id.isPresent()
                && taker.sighting()
                        .observation()
                        .networkMessageId()
                        .filter(other -> !other.equals(id.get()))
                        .isPresent();
        // Where two ids differ, only a hand-over and its receipt at one time are halves.
        return Duration.between(giver.at(), taker.at()).abs().compareTo(otherId ? Word.NEAR : within) <= 0;
    }

    private static boolean began(List<Sighting> message) {
        return message.stream()
                .anyMatch(sighting -> sighting.observation().origin().isPresent());
    }

    /** One source had it for other recipients, or gave it away to one of ours before it came back. */
    private boolean mayBeOne(Sighting one, Sighting other) {
        Observation a = one.observation();
        Observation b = other.observation();
        return !Subjects.differ(a, b)
                && (!one.source().equals(other.source()) || !Parts.differ(a.sender(), b.sender()))
                && (!one.source().equals(other.source())
                        || Collections.disjoint(Addresses.withOnwards(a), Addresses.withOnwards(b))
                        || gaveAway(one, other)
                        || gaveAway(other, one));
    }

    private boolean gaveAway(Sighting giver, Sighting later) {
        Set<String> again = Addresses.of(later.observation());
        List<Recipient> shared = giver.observation().recipients().stream()
                .filter(recipient -> again.contains(Addresses.lower(recipient.address())))
                .toList();
        return !shared.isEmpty()
                && shared.stream()
                        .allMatch(recipient -> recipient.status() == RecipientStatus.PASSED_ON
                                && hops.ownerOf(new Word(giver, recipient)).isPresent());
    }
}
