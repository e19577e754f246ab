package org.mailtrace.gateway.conclude;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.EventType;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.join.Word;

/**
 * A mailbox delivery beats every failure or quarantine of another pass. A proven recall undoes the delivery of the
 * source that recorded it, not that of another mailbox.
 */
final class InMailbox implements Rule {
    private static final Set<RecipientStatus> MAILBOX =
            Set.of(RecipientStatus.DELIVERED, RecipientStatus.JUNKED, RecipientStatus.RECALLED);

    @Override
    public String name() {
        return "in-mailbox";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        List<Word> seen = recipient.wordsWith(MAILBOX);
        return seen.stream()
                .filter(word -> !takenBack(word, seen))
                .reduce((earlier, later) -> later)
                .map(word -> say(recipient, word, inMailbox(word), seen))
                .or(() -> seen.stream()
                        .reduce((earlier, later) -> later)
                        .map(word -> say(recipient, word, Outcome.REMOVED, seen)));
    }

    private static boolean takenBack(Word word, List<Word> seen) {
        return word.status() == RecipientStatus.RECALLED
                || recalledAfter(word)
                || seen.stream()
                        .filter(other -> other.status() == RecipientStatus.RECALLED)
                        .anyMatch(other -> other.source().equals(word.source())
                                && !other.at().isBefore(word.at()));
    }

    private static boolean recalledAfter(Word word) {
        return word.sighting().observation().events().stream()
                .filter(event -> event.type() == EventType.RECALL)
                .filter(event -> event.recipient()
                        .map(word.recipient().address()::equalsIgnoreCase)
                        .orElse(true))
                .anyMatch(event -> !event.at().isBefore(word.at()));
    }

    private static Outcome inMailbox(Word word) {
        return word.status() == RecipientStatus.JUNKED ? Outcome.JUNKED : Outcome.DELIVERED;
    }

    private Conclusion say(Case recipient, Word word, Outcome outcome, List<Word> seen) {
        return Conclusion.of(
                        name(),
                        outcome,
                        word,
                        word.recipient().reason(),
                        recipient.words().inMailbox(recipient.title(word.source()), word, outcome))
                .restingOn(seen);
    }
}
