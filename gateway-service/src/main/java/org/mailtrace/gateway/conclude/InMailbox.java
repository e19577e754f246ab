package org.mailtrace.gateway.conclude;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.join.Word;

/** A delivery beats every earlier failure or quarantine of another pass; a proven recall beats the delivery. */
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
                .max(Comparator.comparingInt(InMailbox::weight))
                .map(word -> conclusion(recipient, word, seen));
    }

    private Conclusion conclusion(Case recipient, Word word, List<Word> seen) {
        Conclusion one = Conclusion.of(
                name(),
                outcome(word.status()),
                word,
                word.recipient().reason(),
                recipient.words().inMailbox(recipient.title(word.source()), word));
        return new Conclusion(
                one.rule(),
                one.outcome(),
                one.where(),
                one.since(),
                one.reason(),
                one.via(),
                one.readdressedTo(),
                one.sentence(),
                one.nextAction(),
                seen);
    }

    private static Outcome outcome(RecipientStatus status) {
        return switch (status) {
            case RECALLED -> Outcome.REMOVED;
            case JUNKED -> Outcome.JUNKED;
            default -> Outcome.DELIVERED;
        };
    }

    private static int weight(Word word) {
        return switch (word.status()) {
            case RECALLED -> 2;
            case JUNKED -> 1;
            default -> 0;
        };
    }
}
