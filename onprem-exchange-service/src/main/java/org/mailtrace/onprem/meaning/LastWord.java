package org.mailtrace.onprem.meaning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.RecipientStatus;

/**
 * The last word on one recipient.
 *
 * @param status what became of it
 * @param rawStatus the event id
 * @param at when, by the clock of the server that wrote it
 * @param reason an open word
 * @param detail the vendor's text that a sentence quotes
 * @param nextHop who accepted it, or who does not yet
 * @param taker whom a hand-over went to, also among our servers
 * @param related where it goes on
 * @param remarks what else the sentence must not keep back
 */
record LastWord(
        RecipientStatus status,
        String rawStatus,
        Instant at,
        Optional<String> reason,
        Optional<String> detail,
        Optional<NextHop> nextHop,
        Optional<Taker> taker,
        List<String> related,
        List<String> remarks) {
    static final String DUPLICATE = "duplicate";
    private static final String SUBMISSION_FAILED = "SUBMITFAIL";

    LastWord {
        related = List.copyOf(related);
        remarks = List.copyOf(remarks);
    }

    static LastWord of(LogRow row, RecipientStatus status, Optional<String> reason) {
        return new LastWord(
                status,
                row.event(),
                row.row().at(),
                reason,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of());
    }

    /**
     * The word that stands when this one was followed by the other, in the order of custody. A mailbox delivery stands; a
     * final word gives way only to a final word, because the way there is told more than once; a word that nobody knows
     * concludes nothing.
     */
    LastWord followedBy(LastWord later) {
        Set<String> all = new LinkedHashSet<>(related);
        all.addAll(later.related());
        List<String> both = List.copyOf(all);
        if (later.status() == RecipientStatus.UNKNOWN && status != RecipientStatus.UNKNOWN) {
            return (weight() == 0 ? withRemark(Dictionary.laterUnknown(later.rawStatus())) : this).withRelated(both);
        }
        boolean alreadyThere = status == RecipientStatus.DELIVERED
                && later.status() == RecipientStatus.DELIVERED
                && reason.filter(DUPLICATE::equals).isEmpty();
        LastWord stands = !alreadyThere && later.weight() >= weight() ? later : this;
        return stands.withRelated(both);
    }

    LastWord withRelated(List<String> addresses) {
        return new LastWord(status, rawStatus, at, reason, detail, nextHop, taker, addresses, remarks);
    }

    LastWord withDetail(Optional<String> text) {
        return new LastWord(status, rawStatus, at, reason, text, nextHop, taker, related, remarks);
    }

    LastWord handedTo(Taker whom, Optional<NextHop> hop) {
        return new LastWord(status, rawStatus, at, reason, detail, hop, Optional.of(whom), related, remarks);
    }

    LastWord waitingFor(Optional<NextHop> hop) {
        return new LastWord(status, rawStatus, at, reason, detail, hop, taker, related, remarks);
    }

    LastWord withRemark(String sentence) {
        List<String> all = new ArrayList<>(remarks);
        if (!all.contains(sentence)) {
            all.add(sentence);
        }
        return new LastWord(status, rawStatus, at, reason, detail, nextHop, taker, related, all);
    }

    private int weight() {
        return switch (status) {
            case UNKNOWN -> -1;
            case IN_TRANSIT, DEFERRED -> 0;
            case DELIVERED, JUNKED -> 2;
            // A submission that failed may be made again; whatever follows it says more.
            case FAILED -> rawStatus.equals(SUBMISSION_FAILED) ? 0 : 1;
            default -> 1;
        };
    }
}
