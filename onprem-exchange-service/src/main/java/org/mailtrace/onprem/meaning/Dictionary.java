package org.mailtrace.onprem.meaning;

import java.util.List;
import java.util.Optional;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.RecipientStatus;

/**
 * Every sentence about a recipient, and what to do next. Plain, exact, and of what was seen. Events have theirs in {@link
 * EventDictionary}, ways in {@link RouteDictionary}; a page under {@code docs/status} is made of all three.
 */
final class Dictionary {
    static final String REPORTED = "A delivery report was made for the sender.";
    static final String REPLIES_NOT_MATCHED =
            "The record holds several replies and does not tell which of them belongs to this recipient.";
    static final String ADDRESSES_NOT_MATCHED =
            "The record names several addresses and does not tell which of them went on to which.";

    private Dictionary() {}

    static String laterUnknown(String event) {
        return "A later record says " + event + ", which Mailtrace does not know.";
    }

    /** What became of the recipient, with everything that the sentence must not keep back. */
    static String explanation(LastWord word) {
        return word.remarks().isEmpty() ? outcome(word) : outcome(word) + " " + String.join(" ", word.remarks());
    }

    private static String outcome(LastWord word) {
        String detail = word.detail().map(text -> " (" + text + ")").orElse("");
        String reason = word.reason().orElse("");
        return switch (word.status()) {
            case DELIVERED, JUNKED -> delivered(word, reason);
            case PASSED_ON ->
                RouteDictionary.accepted(
                        word.taker(), word.nextHop().flatMap(NextHop::reply).or(word::detail));
            case RESOLVED ->
                "Exchange knows this address as another address of the same recipient and went on with that.";
            case EXPANDED ->
                word.related().isEmpty()
                        ? "This address is a group; the record of its expansion names no members."
                        : "This address is a group; Exchange sent the message on to its members.";
            case REDIRECTED -> "A forwarding set on this recipient sent the message on to another address.";
            case DEFERRED ->
                switch (reason) {
                    case "poison" ->
                        "The message was put into the poison queue, where Exchange isolates messages that seem to make a"
                                + " service fail, or was taken out of it; the record does not tell which.";
                    case "throttled" -> "Exchange slowed the sender down and holds the message for now" + detail + ".";
                    default -> "Exchange could not hand the message on yet and keeps trying" + detail + ".";
                };
            case FAILED ->
                word.detail()
                        .map(text -> "The recorded reason is: " + text + ".")
                        .orElse("The record of the failure gives no reason.");
            case REJECTED ->
                word.rawStatus().equals("MODERATIONEXPIRE")
                        ? "No moderator decided in time, so the message was not let through."
                        : "A moderator refused the message.";
            case DISCARDED ->
                switch (reason) {
                    case "badmail" ->
                        "Exchange could neither deliver the message nor return it, and put it aside as bad mail.";
                    case "suppressed" -> "Exchange did not send the message on: its transmission was suppressed.";
                    default -> "Exchange dropped the message without a delivery report" + detail + ".";
                };
            case IN_TRANSIT ->
                reason.equals("moderation")
                        ? "The message waits for a moderator's decision."
                        : RouteDictionary.underWay(word.taker());
            case UNKNOWN ->
                reason.equals("housekeeping")
                        ? "The log holds only housekeeping records of this message here."
                        : "The last record says " + word.rawStatus() + ", which Mailtrace does not know.";
            case QUARANTINED, SPAM_FILTERED, RECALLED -> "The last record says " + word.rawStatus() + ".";
        };
    }

    private static String delivered(LastWord word, String reason) {
        String base = reason.equals(LastWord.DUPLICATE)
                ? "The mailbox already had this message, so Exchange did not put in a second copy."
                : "Exchange put the message into the on-premises mailbox.";
        return word.related().isEmpty() ? base : base + " It also went on to another address.";
    }

    static Optional<String> nextAction(LastWord word) {
        String reason = word.reason().orElse("");
        return Optional.of(
                switch (word.status()) {
                    case DELIVERED, JUNKED ->
                        "If it is not in the inbox, search all folders and check the mailbox's rules.";
                    case PASSED_ON -> RouteDictionary.askTheTaker(word.taker());
                    case RESOLVED -> "Follow the address that the message went on to.";
                    case EXPANDED ->
                        word.related().isEmpty()
                                ? "Check the group's members."
                                : "Follow the member you are interested in.";
                    case REDIRECTED -> "Follow the new address; check the forwarding if it is not wanted.";
                    case DEFERRED ->
                        reason.equals("poison")
                                ? "Ask an Exchange administrator to look at the poison queue."
                                : "Do not send it again; look once more in an hour.";
                    case FAILED ->
                        word.detail().isPresent()
                                ? "Mend what the reason names, often the address, and send again."
                                : "Look for the reason in the events before it, mend it, and send again.";
                    case REJECTED -> "Ask the moderator of this recipient.";
                    case DISCARDED -> "It cannot be recovered here; ask the sender to send it again.";
                    case IN_TRANSIT ->
                        reason.equals("moderation")
                                ? "Ask the moderator to decide."
                                : "Look once more in a few minutes; if nothing changes, look at the server's queues.";
                    case UNKNOWN, QUARANTINED, SPAM_FILTERED, RECALLED ->
                        "Show the events to an Exchange administrator.";
                });
    }

    /** Which statuses this source can say, for the list of all sentences. */
    static boolean says(RecipientStatus status) {
        return !List.of(
                        RecipientStatus.QUARANTINED,
                        RecipientStatus.SPAM_FILTERED,
                        RecipientStatus.RECALLED,
                        RecipientStatus.JUNKED)
                .contains(status);
    }
}
