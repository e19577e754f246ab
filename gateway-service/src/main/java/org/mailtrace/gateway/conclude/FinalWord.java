package org.mailtrace.gateway.conclude;

import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.RecipientStatus;

/** The last custodian refused, dropped or gave up. Blocked as spam without a quarantine cannot be released. */
final class FinalWord implements Rule {
    private static final Map<RecipientStatus, Outcome> FINAL = Map.of(
            RecipientStatus.FAILED, Outcome.FAILED,
            RecipientStatus.REJECTED, Outcome.REJECTED,
            RecipientStatus.SPAM_FILTERED, Outcome.REJECTED,
            RecipientStatus.DISCARDED, Outcome.DISCARDED);

    @Override
    public String name() {
        return "final-word";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return recipient
                .last()
                .filter(word -> FINAL.containsKey(word.status()))
                .map(word -> Conclusion.of(
                        name(),
                        FINAL.get(word.status()),
                        word,
                        word.recipient().reason(),
                        recipient.words().ended(recipient.title(word.source()), word)));
    }
}
