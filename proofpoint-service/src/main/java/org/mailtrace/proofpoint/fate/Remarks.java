package org.mailtrace.proofpoint.fate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mailtrace.proofpoint.row.MessageRow;
import org.mailtrace.proofpoint.words.RemarkSentences;

/** What the rows say about one recipient's message beside its status; nothing that no row says. */
record Remarks(Message message, RecipientFate fate) {
    private static final Set<String> YES = Set.of("1", "t", "true", "y", "yes");
    private static final Set<String> NO = Set.of("0", "f", "false", "n", "no");

    /** Sentences in the order in which they are read. */
    List<String> told() {
        List<String> told = new ArrayList<>();
        if (isReinjected(fate.row())) {
            told.add(RemarkSentences.reinjected());
        }
        if (fate.verdict().goesOn()) {
            encryption().ifPresent(told::add);
            if (message.rows().stream().anyMatch(this::heldEarlier)) {
                told.add(RemarkSentences.heldBefore());
            } else if (message.otherPasses().stream().anyMatch(this::heldEarlier)) {
                told.add(RemarkSentences.earlierPassHeld());
            }
        }
        if (fate.verdict().action() == Verdict.Action.HELD) {
            handedOnAfterHold(fate.row(), fate.address(), fate.at())
                    .map(handover -> RemarkSentences.handedOnAfterHold(handover.host()))
                    .ifPresent(told::add);
            if (message.otherPasses().stream().anyMatch(this::wentOnLater)) {
                told.add(RemarkSentences.laterPassWentOn());
            }
        }
        differingFrom().ifPresent(told::add);
        return told;
    }

    /** Whether a row says that its message was put into the filters again. */
    static boolean isReinjected(MessageRow row) {
        return row.column("Message_Reinjected")
                .map(word -> word.toLowerCase(Locale.ROOT))
                .filter(word -> !NO.contains(word))
                .isPresent();
    }

    /** The mail server's word on a held message, if it is a log line that is later than the hold. */
    static Optional<Handover> handedOnAfterHold(MessageRow row, String recipient, java.time.Instant heldAt) {
        return SendmailColumns.handoverOf(row, recipient)
                .filter(handover -> handover.result() == Handover.Result.SENT)
                .filter(handover -> handover.at().filter(heldAt::isBefore).isPresent());
    }

    /** Whether the recipient gets a notification and reads the message in the secure reader. */
    static boolean isSecureMessage(MessageRow row, String recipient) {
        return row.addresses("PE_Recipients").stream().anyMatch(recipient::equalsIgnoreCase);
    }

    private Optional<String> encryption() {
        if (isSecureMessage(fate.row(), fate.address())) {
            return Optional.of(RemarkSentences.secureReader());
        }
        if (names(fate.row().addresses("SMIME_Recipients"))) {
            return Optional.of(RemarkSentences.smime());
        }
        return fate.row()
                .column("Message_Encrypted")
                .filter(word -> YES.contains(word.toLowerCase(Locale.ROOT)))
                .map(word -> RemarkSentences.markedEncrypted());
    }

    private boolean heldEarlier(MessageRow row) {
        return message.dateOf(row).isBefore(fate.at())
                && names(row.recipients())
                && Verdict.of(row, Map.of()).action() == Verdict.Action.HELD;
    }

    private boolean wentOnLater(MessageRow row) {
        return message.dateOf(row).isAfter(fate.at())
                && names(row.recipients())
                && Verdict.of(row, Map.of()).goesOn();
    }

    private boolean names(List<String> addresses) {
        return addresses.stream().anyMatch(fate.address()::equalsIgnoreCase);
    }

    private Optional<String> differingFrom() {
        String envelope = fate.row().sender();
        return fate.row()
                .fromAddress()
                .filter(address -> !envelope.equals("<>") && !address.equalsIgnoreCase(envelope))
                .map(address -> RemarkSentences.fromHeaderDiffers(address, envelope));
    }
}
