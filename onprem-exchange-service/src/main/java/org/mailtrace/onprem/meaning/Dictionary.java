package org.mailtrace.onprem.meaning;

import java.util.Optional;
import org.mailtrace.contract.NextHop;
import org.mailtrace.contract.RecipientStatus;

/** Every sentence about a recipient or an event, in one place. Plain, exact, and what to do next. */
final class Dictionary {
    private Dictionary() {}

    static String explanation(LastWord word) {
        String detail = word.detail().map(text -> " (" + text + ")").orElse("");
        String reason = word.reason().orElse("");
        return switch (word.status()) {
            case DELIVERED, JUNKED ->
                reason.equals("duplicate")
                        ? "The mailbox already had this message, so Exchange did not put in a second copy."
                        : "Exchange put the message into the on-premises mailbox.";
            case PASSED_ON ->
                word.nextHop()
                        .map(hop -> "Exchange handed the message to " + hop.host() + ", which accepted it" + reply(hop)
                                + ".")
                        .orElse("Exchange handed the message to another system, which accepted it.");
            case RESOLVED ->
                "Exchange knows this address as another address of the same mailbox and went on with that.";
            case EXPANDED -> "This address is a group; Exchange sent the message on to its members.";
            case REDIRECTED -> "A forwarding set on this recipient sent the message on to another address.";
            case DEFERRED ->
                switch (reason) {
                    case "poison" -> "Exchange isolated the message because it seems to have made a service fail.";
                    case "throttled" -> "Exchange slowed the sender down and holds the message for now" + detail + ".";
                    default -> "Exchange could not hand the message on yet and keeps trying" + detail + ".";
                };
            case FAILED -> "Exchange gave up on this recipient and reported it to the sender" + detail + ".";
            case REJECTED -> "The moderator refused the message, or did not decide in time.";
            case DISCARDED ->
                switch (reason) {
                    case "badmail" ->
                        "Exchange could neither deliver the message nor return it, and put it aside as bad mail.";
                    case "suppressed" -> "Exchange did not send the message on: its transmission was suppressed.";
                    default -> "Exchange dropped the message without telling anybody" + detail + ".";
                };
            case IN_TRANSIT ->
                reason.equals("moderation")
                        ? "The message waits for a moderator's decision."
                        : "Exchange has the message and has not finished with this recipient.";
            case UNKNOWN ->
                reason.equals("housekeeping")
                        ? "The log holds only housekeeping records of this message here."
                        : "The last record says " + word.rawStatus() + ", which Mailtrace does not know.";
            case QUARANTINED, SPAM_FILTERED, RECALLED -> "The last record says " + word.rawStatus() + ".";
        };
    }

    static Optional<String> nextAction(LastWord word) {
        String reason = word.reason().orElse("");
        return Optional.of(
                switch (word.status()) {
                    case DELIVERED, JUNKED ->
                        "If it is not in the inbox, search all folders and check the mailbox's rules.";
                    case PASSED_ON ->
                        "Look at the next system; if it is not ours, ask its administrator and quote this reply.";
                    case RESOLVED -> "Follow the address that the message went on to.";
                    case EXPANDED -> "Follow the member you are interested in.";
                    case REDIRECTED -> "Follow the new address; check the forwarding if it is not wanted.";
                    case DEFERRED ->
                        reason.equals("poison")
                                ? "Ask an Exchange administrator to look at the poison queue."
                                : "Do not send it again; look once more in an hour.";
                    case FAILED -> "Mend what the text in brackets says, often the address, and send again.";
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

    /** One sentence for an event; empty for housekeeping that nobody asks about. */
    static Optional<String> event(String eventId, String source, Optional<String> quoted) {
        String detail = quoted.map(text -> ": " + text).orElse("");
        return Optional.ofNullable(
                switch (eventId) {
                    case "RECEIVE" ->
                        source.equals("STOREDRIVER")
                                ? "Taken out of the sender's mailbox."
                                : "Received from another host.";
                    case "SUBMIT" -> "Handed from the mailbox server to transport.";
                    case "CLIENTSUBMISSION" -> "Sent from the Outbox.";
                    case "RESOLVE" -> "The recipient is another address of the same mailbox.";
                    case "EXPAND" -> "The group was replaced by its members.";
                    case "REDIRECT" -> "The recipient was replaced by a forwarding address.";
                    case "TRANSFER" -> "Some recipients went on in a copy of the message.";
                    case "SEND" -> "Handed to the next server" + detail + ".";
                    case "SENDEXTERNAL" -> "Handed to a system outside the organisation" + detail + ".";
                    case "DELIVER" -> "Put into the mailbox.";
                    case "DUPLICATEDELIVER" -> "The mailbox had it already.";
                    case "DELIVERFAIL" -> "The folder to deliver to does not exist.";
                    case "DEFER", "SUBMITDEFER", "RESUBMITDEFER" -> "Delayed; tried again by itself" + detail + ".";
                    case "THROTTLE" -> "Slowed down" + detail + ".";
                    case "POISONMESSAGE" -> "Put into the poison queue, or taken out of it.";
                    case "FAIL", "SUBMITFAIL" -> "Failed for good" + detail + ".";
                    case "DSN" -> "A delivery report was made for the sender.";
                    case "DROP" -> "Dropped without a report.";
                    case "SUPPRESSED" -> "Its transmission was suppressed.";
                    case "BADMAIL" -> "Could neither be delivered nor returned.";
                    case "INITMESSAGECREATED" -> "Sent to a moderator for a decision.";
                    case "MODERATORAPPROVE" -> "The moderator approved.";
                    case "MODERATORREJECT" -> "The moderator refused.";
                    case "MODERATIONEXPIRE" -> "No moderator decided in time.";
                    case "MODERATORSALLNDR" -> "No moderator could be reached.";
                    case "AGENTINFO" -> "Notes of transport agents.";
                    case "HAREDIRECT" -> "A shadow copy was made on another server.";
                    case "HARECEIVE" -> "A shadow copy was received; this is no second delivery.";
                    case "HADISCARD" -> "A shadow copy was no longer needed.";
                    case "HAREDIRECTFAIL" -> "No shadow copy was made; delivery is not affected.";
                    case "NOTIFYMAPI", "NOTIFYSHADOW" -> "A message was noticed in an Outbox.";
                    case "LOAD" -> "Loaded when the service started.";
                    case "RESUBMIT" -> "Taken from the Safety Net and sent again.";
                    case "RESUBMITFAIL" -> "Sending it again from the Safety Net failed.";
                    case "PROCESS", "PROCESSMEETINGMESSAGE" -> "Processed.";
                    case "DUPLICATEEXPAND" -> "A member was on the list already.";
                    case "DUPLICATEREDIRECT" -> "The forwarding address was a recipient already.";
                    default -> null;
                });
    }

    /** Which statuses this source can say, for the list of all sentences. */
    static boolean says(RecipientStatus status) {
        return switch (status) {
            case QUARANTINED, SPAM_FILTERED, RECALLED, JUNKED -> false;
            default -> true;
        };
    }

    private static String reply(NextHop hop) {
        return hop.reply().map(text -> " (" + text + ")").orElse("");
    }
}
