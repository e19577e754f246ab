package org.mailtrace.gateway.join;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mailtrace.contract.Direction;
import org.mailtrace.contract.Observation;
import org.mailtrace.contract.RecipientStatus;

/**
 * Who handed a message to whom, for one recipient. The order comes from hand-overs, never from clocks of different
 * systems; time orders only passes through the same source.
 *
 * @param chain the words in the order of custody
 */
public record Custody(List<Word> chain) {
    private static final Set<RecipientStatus> LETS_GO = Set.of(RecipientStatus.PASSED_ON);

    /** What is said of a message whose hand-over was not seen, or not to its end. */
    private static final Set<RecipientStatus> ON_ITS_WAY = Set.of(RecipientStatus.IN_TRANSIT, RecipientStatus.DEFERRED);

    /** Whom a word handed the message to. */
    private interface Targets {
        Optional<String> of(Word word);
    }

    public Custody {
        chain = List.copyOf(chain);
    }

    /** Orders the words on one recipient. */
    public static Custody of(List<Word> words, NextHops hops) {
        IdentityHashMap<Word, Optional<String>> known = new IdentityHashMap<>();
        words.forEach(word -> known.put(word, hops.targetOf(word, words)));
        Targets targets = known::get;
        List<Word> left = new ArrayList<>(words);
        left.sort(Comparator.comparing(Word::at));
        List<Word> chain = new ArrayList<>();
        Optional<Word> next = start(left, targets);
        while (next.isPresent()) {
            Word word = next.get();
            left.remove(word);
            chain.add(word);
            next = follow(word, left, targets).or(() -> start(left, targets));
        }
        Set<Word> unseenGivers = unseenGivers(chain, targets);
        List<Word> ordered = moveHoldersLast(moveWhoGotItAgainLast(chain, targets), unseenGivers, targets);
        return new Custody(moveFirst(ordered, unseenGivers));
    }

    /** The word of the last custodian; empty if no source has a word. */
    public Optional<Word> last() {
        return chain.isEmpty() ? Optional.empty() : Optional.of(chain.getLast());
    }

    /**
     * Hand-overs to a source that got the message again later, and tells one word about both times: whose hand-over, and the
     * source that had the message right after it.
     */
    public Map<Word, String> earlierPasses(NextHops hops) {
        Map<Word, String> passes = new LinkedHashMap<>();
        for (int i = 0; i + 1 < chain.size(); i++) {
            Optional<String> target = hops.targetOf(chain.get(i), chain);
            String next = chain.get(i + 1).source();
            int after = i + 1;
            target.filter(source -> !source.equals(next))
                    .filter(source -> IntStream.range(after, chain.size() - 1)
                            .anyMatch(j -> hops.targetOf(chain.get(j), chain)
                                            .filter(source::equals)
                                            .isPresent()
                                    && chain.get(j + 1).source().equals(source)))
                    .ifPresent(source -> passes.put(chain.get(after - 1), source));
        }
        return passes;
    }

    /** A word that nobody left hands over to; in a circle that of who saw where the message began, else the oldest. */
    private static Optional<Word> start(List<Word> left, Targets targets) {
        return left.stream()
                .filter(word -> left.stream()
                        .filter(other -> !other.equals(word))
                        .noneMatch(other ->
                                targets.of(other).filter(word.source()::equals).isPresent()))
                .findFirst()
                .or(() -> left.stream()
                        .filter(word -> word.sighting().observation().origin().isPresent())
                        .findFirst())
                .or(() -> left.stream().findFirst());
    }

    private static Optional<Word> follow(Word word, List<Word> left, Targets targets) {
        Optional<String> target = targets.of(word);
        return target.flatMap(source ->
                left.stream().filter(other -> other.source().equals(source)).findFirst());
    }

    /** A source tells one last word over all passes: in a loop, what it says comes after the last hand-over to it. */
    private static List<Word> moveWhoGotItAgainLast(List<Word> chain, Targets targets) {
        Optional<Word> again = chain.isEmpty()
                ? Optional.empty()
                : targets.of(chain.getLast())
                        .flatMap(target -> chain.stream()
                                .filter(word -> word.source().equals(target) && !LETS_GO.contains(word.status()))
                                .reduce((earlier, later) -> later));
        return again.map(word -> atTheEnd(chain, word)).orElse(chain);
    }

    /**
     * Those whose hand-over nobody recorded, while another source shows that it has the message from one of ours: whoever saw
     * where it began, and whoever alone can have handed it over.
     */
    private static Set<Word> unseenGivers(List<Word> chain, Targets targets) {
        if (chain.size() < 2 || chain.stream().noneMatch(word -> ON_ITS_WAY.contains(word.status()))) {
            return Set.of();
        }
        Set<String> reached = new HashSet<>();
        chain.forEach(word -> targets.of(word).ifPresent(reached::add));
        return chain.stream()
                .filter(word -> ON_ITS_WAY.contains(word.status()))
                .filter(word -> targets.of(word).isEmpty() && !reached.contains(word.source()))
                .filter(word -> chain.stream()
                        .filter(other -> !other.source().equals(word.source()))
                        .filter(other -> cameFromOurs(other.sighting().observation()))
                        .anyMatch(other -> began(word) || !reached.contains(other.source())))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean began(Word word) {
        return word.sighting().observation().origin().isPresent();
    }

    /** The source saw that another system of ours handed it over. */
    static boolean cameFromOurs(Observation observation) {
        return observation.origin().isEmpty()
                && observation.direction().filter(d -> d != Direction.UNKNOWN).isPresent();
    }

    private static List<Word> moveFirst(List<Word> chain, Set<Word> first) {
        if (first.isEmpty()) {
            return chain;
        }
        List<Word> reordered = new ArrayList<>(chain);
        reordered.removeAll(first);
        reordered.addAll(0, chain.stream().filter(first::contains).toList());
        return reordered;
    }

    private static List<Word> atTheEnd(List<Word> chain, Word last) {
        List<Word> reordered = new ArrayList<>(chain);
        reordered.remove(last);
        reordered.add(last);
        return reordered;
    }

    /** Among loose ends, one that still holds the message says more than one that let it go. */
    private static List<Word> moveHoldersLast(List<Word> chain, Set<Word> unseenGivers, Targets targets) {
        if (chain.size() < 2 || !LETS_GO.contains(chain.getLast().status())) {
            return chain;
        }
        Word last = chain.getLast();
        boolean linked = targets.of(chain.get(chain.size() - 2))
                .filter(last.source()::equals)
                .isPresent();
        boolean samePlace = chain.get(chain.size() - 2).source().equals(last.source());
        Optional<Word> holder = chain.stream()
                .filter(word -> !LETS_GO.contains(word.status()))
                .filter(word -> word.status() != RecipientStatus.QUARANTINED && !unseenGivers.contains(word))
                .reduce((earlier, later) -> later);
        if (linked || samePlace || holder.isEmpty()) {
            return chain;
        }
        return atTheEnd(chain, holder.get());
    }
}
