package org.mailtrace.proofpoint.fate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.RecipientStatus;
import org.mailtrace.proofpoint.row.MessageRow;

/**
 * What one row says about one recipient, by the decision table.
 *
 * @param at when, UTC
 */
record RecipientFate(String address, MessageRow row, Instant at, Verdict verdict, Optional<Handover> handover) {
    /** The reason word of a message that passed while no hand-over is to be seen. */
    static final String NOT_SEEN = "hand-over-not-seen";

    /** The reason word of a hand-over by which the recipient got a notification, and not the message itself. */
    static final String SECURE_MESSAGE = "secure-message";

    RecipientStatus status() {
        return switch (verdict.action()) {
            case HELD -> RecipientStatus.QUARANTINED;
            case DISCARDED -> RecipientStatus.DISCARDED;
            case REJECTED -> RecipientStatus.REJECTED;
            case RETRY -> RecipientStatus.DEFERRED;
            case REDIRECTED -> RecipientStatus.REDIRECTED;
            case UNKNOWN -> RecipientStatus.UNKNOWN;
            case PASSED -> handover.map(RecipientFate::statusOf).orElse(RecipientStatus.IN_TRANSIT);
        };
    }

    private static RecipientStatus statusOf(Handover handover) {
        return switch (handover.result()) {
            case SENT -> RecipientStatus.PASSED_ON;
            case DEFERRED -> RecipientStatus.DEFERRED;
            case FAILED -> RecipientStatus.FAILED;
            case UNKNOWN -> RecipientStatus.UNKNOWN;
        };
    }

    Optional<String> reason() {
        return switch (verdict.action()) {
            case PASSED ->
                handover.map(word -> word.result() == Handover.Result.SENT
                                ? Optional.of(SECURE_MESSAGE).filter(any -> Remarks.isSecureMessage(row, address))
                                : word.reason())
                        .orElse(Optional.of(NOT_SEEN));
            default -> verdict.reason();
        };
    }

    /** When the last word was said. */
    Instant saidAt() {
        return handover.flatMap(Handover::at).orElse(at);
    }

    /** The vendor's words for the verdict, and those of its mail server where they decided. */
    Optional<String> rawStatus() {
        Optional<String> stat = handover.map(Handover::stat);
        return verdict.raw()
                .map(raw -> stat.map(words -> raw + "; " + words).orElse(raw))
                .or(() -> stat);
    }

    /** What the mail server's lines say about the addresses that the message was redirected to. */
    List<RecipientFate> onwards() {
        return redirectedTo().stream()
                .flatMap(to -> SendmailColumns.handoverOf(row, to).stream()
                        .map(word -> new RecipientFate(to, row, at, verdict.forTarget(), Optional.of(word))))
                .toList();
    }

    /** Where a redirected message went, as far as the mail server's line tells. */
    List<String> redirectedTo() {
        if (verdict.action() != Verdict.Action.REDIRECTED) {
            return List.of();
        }
        return row.addresses("Sendmail_To").stream()
                .filter(to -> row.recipients().stream().noneMatch(to::equalsIgnoreCase))
                .toList();
    }
}
