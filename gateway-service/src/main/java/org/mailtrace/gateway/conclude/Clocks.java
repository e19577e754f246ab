package org.mailtrace.gateway.conclude;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mailtrace.gateway.join.Custody;
import org.mailtrace.gateway.join.Message;
import org.mailtrace.gateway.join.NextHops;
import org.mailtrace.gateway.join.Word;

/**
 * Where one system has records of a message before the one that handed it over says that it did: then their clocks differ.
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
     * @param giver who handed it over
     * @param taker who had it before that, by the clocks
     * @param by at least so much
     */
    record Gap(String giver, String taker, Duration by) {}

    /** The widest gap of every two systems that differ. */
    Collection<Gap> gapsIn(Message message) {
        Map<List<String>, Gap> widest = new LinkedHashMap<>();
        for (String address : message.recipients()) {
            List<Word> chain = Custody.of(message.wordsOn(address), hops).chain();
            for (int i = 1; i < chain.size(); i++) {
                Word giver = chain.get(i - 1);
                Word taker = chain.get(i);
                Duration gap = Duration.between(taker.sighting().observation().firstSeen(), giver.at());
                if (gap.compareTo(NOTEWORTHY) > 0 && isOnlyFrom(giver, taker, chain)) {
                    widest.merge(
                            List.of(giver.source(), taker.source()),
                            new Gap(giver.source(), taker.source(), gap),
                            (one, other) -> one.by().compareTo(other.by()) >= 0 ? one : other);
                }
            }
        }
        return widest.values();
    }

    /** Whether all that the taker has of it came from this giver: not from outside, and not from an earlier pass. */
    private boolean isOnlyFrom(Word giver, Word taker, List<Word> chain) {
        return isHandedTo(giver, taker)
                && !isHandedTo(taker, giver)
                && taker.sighting().observation().origin().isEmpty()
                && chain.stream()
                                .filter(word -> word.source().equals(taker.source()))
                                .count()
                        == 1;
    }

    private boolean isHandedTo(Word giver, Word taker) {
        return hops.targetOf(giver).filter(taker.source()::equals).isPresent();
    }
}
