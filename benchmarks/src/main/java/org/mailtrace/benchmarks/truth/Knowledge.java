package org.mailtrace.benchmarks.truth;

import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.mailtrace.standins.flows.Fate;
import org.mailtrace.standins.flows.Seen;
import org.mailtrace.standins.flows.Truth;

/**
 * What the living could know while a question was answered. What a system begins to show meanwhile may be in the answer and
 * need not be.
 *
 * @param down the sources that were stopped; nothing that they know may be said
 * @param dead those that did not look, or not wholly; one that lives may show records all the same
 * @param before what was shown by then is surely known to the sources, seconds of the epoch
 * @param now when the answer had come, seconds of the epoch
 */
record Knowledge(Set<String> down, Set<String> dead, long before, long now) {
    /** A source takes a moment to read what its system shows. */
    static final long READING_SECONDS = 5;

    /** Events after which a message is still with whom it was. */
    private static final Set<String> WAITING =
            Set.of("defer", "retry", "receive", "submit", "drop", "release", "transfer", "expand", "resolve");

    Knowledge {
        down = Set.copyOf(down);
        dead = Set.copyOf(dead);
    }

    boolean lives(String system) {
        return !down.contains(system);
    }

    boolean looked(String system) {
        return !dead.contains(system);
    }

    /** Whether the living sources show enough to tell this fate. */
    boolean suffices(Truth message, Fate fate) {
        return !fate.needs().isEmpty()
                && fate.needs().stream()
                        .allMatch(system -> looked(system)
                                && message.seen().stream()
                                        .filter(seen -> seen.system().equals(system))
                                        .allMatch(seen -> seen.isVisibleAt(before)));
    }

    /** Whether a living source shows the very end, so that "not visible yet" is not so. */
    boolean showsTheEnd(Truth message, Fate fate) {
        return suffices(message, fate)
                && !fate.outcome().equals("MISSING_AT_NEXT_HOP")
                && !(fate.outcome().equals("HANDED_OFF") && fate.needs().size() > 1);
    }

    /** Whether a living source surely shows anything of the message. */
    boolean shows(Truth message) {
        return message.seen().stream().anyMatch(seen -> lives(seen.system()) && seen.isVisibleAt(before));
    }

    /** Whether a source may show something of the message. */
    boolean shows(Truth message, String system) {
        return lives(system) && message.isSeenBy(system, now);
    }

    /** Whether the newest record that this source shows of the recipient leaves it there. */
    boolean lastShownWaiting(Truth message, String system, String address) {
        return lives(system) && LongStream.of(before, now).anyMatch(moment -> waited(message, system, address, moment));
    }

    private static boolean waited(Truth message, String system, String address, long moment) {
        List<Seen> shown = message.seen().stream()
                .filter(seen -> seen.system().equals(system) && seen.isVisibleAt(moment))
                .filter(seen -> seen.address().equalsIgnoreCase(address))
                .toList();
        return !shown.isEmpty() && WAITING.contains(shown.getLast().event());
    }

    /** Whether somebody who looked can know that its parts are one message. */
    boolean knowsAsOne(Truth message) {
        return message.knownAsOneBy().isEmpty() || looked(message.knownAsOneBy());
    }

    /** Whether whoever saw the message's origin lives and shows it. */
    boolean originKnown(Truth message) {
        return shows(message, message.originSystem());
    }
}
