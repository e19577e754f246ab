package org.mailtrace.onprem.meaning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.RecipientStatus;

/**
 * The last word on one recipient.
 *
 * @param status what became of it
 * @param rawStatus the event id
 * @param at when
 * @param reason an open word
 * @param detail the vendor's text that a sentence quotes
 * @param nextHop who accepted it
 * @param related where it goes on
 */
record LastWord(
        RecipientStatus status,
        String rawStatus,
        Instant at,
        Optional<String> reason,
        Optional<String> detail,
        Optional<NextHop> nextHop,
        List<String> related) {
    LastWord {
        related = List.copyOf(related);
    }

    /**
     * The word that stands when this one was followed by the other. A mailbox delivery stands; a final word gives way
     * only to a final word, because two servers' clocks differ and the way there may seem to follow the arrival.
     */
    LastWord followedBy(LastWord later) {
        List<String> both = new ArrayList<>(related);
        later.related().stream().filter(address -> !both.contains(address)).forEach(both::add);
        LastWord stands = weight(later.status()) >= weight(status) ? later : this;
        return stands.withRelated(both);
    }

    /** The same word with where the recipient goes on. */
    LastWord withRelated(List<String> addresses) {
        return new LastWord(status, rawStatus, at, reason, detail, nextHop, addresses);
    }

    private static int weight(RecipientStatus status) {
        return switch (status) {
            case UNKNOWN, IN_TRANSIT, DEFERRED -> 0;
            case DELIVERED, JUNKED -> 2;
            default -> 1;
        };
    }
}
