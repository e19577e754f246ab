package org.mailtrace.gateway.conclude;

import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.gateway.join.Word;
import org.mailtrace.gateway.words.Said;

/** Anything else: said as what it is, with what is missing. */
final class NothingProven implements Rule {
    @Override
    public String name() {
        return "nothing-proven";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return Optional.of(recipient
                .last()
                .map(word -> Conclusion.of(
                        name(), Outcome.UNDETERMINED, word, word.recipient().reason(), missing(recipient, word)))
                .orElseGet(() -> unseen(recipient)));
    }

    private static Said missing(Case recipient, Word word) {
        String from = recipient.title(word.source());
        if (word.status() != RecipientStatus.PASSED_ON) {
            return recipient.words().unknownWord(from, word);
        }
        return recipient
                .openHandOver()
                .map(handOver -> recipient
                        .words()
                        .handOverNotConfirmed(from, handOver.next().title(), word))
                .orElseGet(() -> recipient.words().passedOnToUnknown(from, word));
    }

    private Conclusion unseen(Case recipient) {
        Said said = recipient.words().noSourceListsIt();
        return new Conclusion(
                name(),
                Outcome.UNDETERMINED,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                said.sentence(),
                said.nextAction(),
                List.of());
    }
}
