package org.mailtrace.gateway.conclude;

import java.util.Optional;
import org.mailtrace.contract.Outcome;
import org.mailtrace.contract.Quarantine;
import org.mailtrace.contract.QuarantineState;
import org.mailtrace.contract.RecipientStatus;

/** The last custodian holds it, or held it and nobody can say where it went. */
final class HeldInQuarantine implements Rule {
    @Override
    public String name() {
        return "held-in-quarantine";
    }

    @Override
    public Optional<Conclusion> conclude(Case recipient) {
        return recipient
                .last()
                .filter(word -> word.status() == RecipientStatus.QUARANTINED)
                .map(word -> {
                    QuarantineState state =
                            word.recipient().quarantine().map(Quarantine::state).orElse(QuarantineState.UNKNOWN);
                    Outcome outcome = state == QuarantineState.GONE ? Outcome.UNDETERMINED : Outcome.QUARANTINED;
                    return Conclusion.of(
                            name(),
                            outcome,
                            word,
                            word.recipient().reason(),
                            recipient
                                    .words()
                                    .held(
                                            recipient.title(word.source()),
                                            word,
                                            state,
                                            recipient.provenInNoMailboxUntil()));
                });
    }
}
