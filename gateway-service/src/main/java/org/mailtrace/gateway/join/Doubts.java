package org.mailtrace.gateway.join;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a receipt out of a message of which nobody can tell whether it is that message's: another one with the same Message-ID was
 * handed over for the same recipients at the same time, as far as clocks tell, and its receipt is not shown.
 */
final class Doubts {
    private final NextHops hops;

    Doubts(NextHops hops) {
        this.hops = hops;
    }

    /** The messages of one Message-ID; what is taken out, with all that it was handed on to, stands on its own. */
    List<List<Sighting>> of(List<List<Sighting>> messages) {
        if (messages.size() < 2) {
            return messages;
        }
        List<List<Sighting>> apart = new ArrayList<>();
        List<List<Sighting>> left = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            List<Sighting> message = messages.get(i);
            List<List<Sighting>> others = new ArrayList<>(messages);
            others.remove(i);
            Set<Sighting> out = Collections.newSetFromMap(new IdentityHashMap<>());
            message.stream()
                    .filter(receipt -> !out.contains(receipt) && isDoubtful(receipt, message, others))
                    .forEach(receipt -> {
                        List<Sighting> onwards = onwards(receipt, message, out);
                        out.addAll(onwards);
                        apart.add(onwards);
                    });
            left.add(new ArrayList<>(
                    message.stream().filter(sighting -> !out.contains(sighting)).toList()));
        }
        left.addAll(apart);
        return left;
    }

    private boolean isDoubtful(Sighting receipt, List<Sighting> message, List<List<Sighting>> others) {
        List<Word> given = handed(receipt, message);
        Optional<String> id = receipt.observation().networkMessageId();
        boolean named = id.isPresent()
                && given.stream()
                        .anyMatch(word ->
                                word.sighting().observation().networkMessageId().equals(id));
        return !given.isEmpty() && !named && others.stream().anyMatch(other -> mayBeOf(other, receipt, given));
    }

    /** Whether another message may have been handed over with this receipt, for all that this one was handed over for. */
    private boolean mayBeOf(List<Sighting> other, Sighting receipt, List<Word> given) {
        List<Word> handed = handed(receipt, other);
        return given.stream()
                        .allMatch(word -> handed.stream()
                                .anyMatch(each -> isOf(each, word)
                                        && each.mayHaveBeenTaken(
                                                receipt.observation().firstSeen())))
                && given.stream().anyMatch(word -> isOpen(word, handed, receipt.source(), other))
                && other.stream().noneMatch(sighting -> Subjects.differ(sighting.observation(), receipt.observation()));
    }

    private static boolean isOpen(Word word, List<Word> handed, String source, List<Sighting> message) {
        long shown = message.stream()
                .filter(sighting -> sighting.source().equals(source)
                        && !sighting.wordsOn(word.recipient().address()).isEmpty())
                .count();
        return handed.stream().filter(each -> isOf(each, word)).count() > shown;
    }

    private static boolean isOf(Word one, Word other) {
        return one.recipient().address().equalsIgnoreCase(other.recipient().address());
    }

    /** What a message says of hand-overs to a receipt's source, for the receipt's recipients. */
    private List<Word> handed(Sighting receipt, List<Sighting> message) {
        return receipt.observation().recipients().stream()
                .flatMap(recipient ->
                        message.stream().flatMap(sighting -> sighting.wordsOn(recipient.address()).stream()))
                .filter(word -> !word.source().equals(receipt.source()))
                .filter(word ->
                        hops.ownerOf(word).filter(receipt.source()::equals).isPresent())
                .toList();
    }

    /**
     * A receipt and whatever of its message was handed on from it.
     *
     * @param out what went with another receipt already: nothing stands in two messages
     */
    private List<Sighting> onwards(Sighting receipt, List<Sighting> message, Set<Sighting> out) {
        Set<Sighting> done = Collections.newSetFromMap(new IdentityHashMap<>());
        done.addAll(out);
        done.add(receipt);
        handed(receipt, message).forEach(word -> done.add(word.sighting()));
        List<Sighting> all = new ArrayList<>(List.of(receipt));
        for (int i = 0; i < all.size(); i++) {
            Sighting giver = all.get(i);
            message.stream()
                    .filter(taker -> !done.contains(taker)
                            && !handed(taker, List.of(giver)).isEmpty())
                    .forEach(taker -> {
                        done.add(taker);
                        all.add(taker);
                    });
        }
        return all;
    }
}
