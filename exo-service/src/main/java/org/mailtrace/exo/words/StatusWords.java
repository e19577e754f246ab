package org.mailtrace.exo.words;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each status of Exchange Online means for one recipient, and what to do. Reviewed as prose; the published status
 * dictionary is made of these sentences.
 */
public final class StatusWords {
    public static final Saying DELIVERED = new Saying(
            "Exchange Online put the message into the mailbox.",
            "If it is not in the inbox, search all folders and check the mailbox's rules.");
    public static final Saying DELIVERED_FOLDER_UNCHECKED = new Saying(
            "Exchange Online reports the message as delivered; the events were not read, so the folder was not checked.",
            "Look in the inbox and in Junk Email; look this message up by itself to see its events.");
    public static final Saying DELIVERED_FOLDER_UNKNOWN = new Saying(
            "Exchange Online reports the message as delivered; its events do not name the folder.",
            "Look in the inbox and in Junk Email, and check the mailbox's rules.");
    public static final Saying DELIVERED_AFTER_QUARANTINE = new Saying(
            "Exchange Online held the message in its quarantine and put it into the mailbox afterwards.",
            "If it is not in the inbox, search all folders and check the mailbox's rules.");
    public static final Saying JUNKED = new Saying(
            "Exchange Online put the message into the mailbox's Junk Email folder.",
            "Open Junk Email and mark the message as not junk to move it.");
    public static final Saying PASSED_ON = new Saying(
            "Exchange Online handed the message to another mail server, which accepted it.",
            "What happened after that only that server's administrator can see; quote the time and the server's reply.");
    public static final Saying PASSED_ON_HOST_UNKNOWN = new Saying(
            "Exchange Online reports the message as delivered; the address is not in one of our domains, so it went to"
                    + " another mail server, which the events read here do not name.",
            "Look this message up by itself to see which server accepted it.");
    public static final Saying RESOLVED = new Saying(
            "The directory led this address to another one of the same mailbox; the message goes on under that.",
            "Look at what became of the other address.");
    public static final Saying REDIRECTED = new Saying(
            "A forwarding setting or rule sent the message on to another address.",
            "Look at what became of the other address; the forwarding is set on the mailbox or in a mail flow rule.");
    public static final Saying EXPANDED = new Saying(
            "The address is a group; the message went on to its members.",
            "Look at what became of the members' addresses.");
    public static final Saying EXPANDED_MEMBERS_GUESSED = new Saying(
            "The address is a group; the message went on to its members. Exchange Online does not say which: the addresses"
                    + " listed may include people who were addressed directly.",
            "Look at what became of the listed addresses.");
    public static final Saying QUARANTINED = new Saying(
            "Exchange Online holds the message in its own quarantine; whether it is still there was not checked.",
            "An administrator finds it in the Microsoft Defender portal under Email & collaboration, Review, Quarantine.");
    public static final Saying SPAM_FILTERED = new Saying(
            "Exchange Online took the message for spam and blocked it without keeping it; it cannot be released.",
            "Ask the sender to send it again, and an administrator to check the anti-spam policy.");
    public static final Saying DISCARDED = new Saying(
            "Exchange Online accepted the message and dropped it; nobody was told and it cannot be recovered.",
            "Ask an administrator which rule or filter dropped it, and the sender to send it again.");
    public static final Saying GETTING_STATUS = new Saying(
            "Exchange Online has just received the message and does not know its status yet.",
            "Look once more in a few minutes.");
    public static final Saying PENDING = new Saying(
            "Exchange Online is still working on the message.", "Do not send it again; look once more in an hour.");
    public static final Saying MODERATED = new Saying(
            "The message waits for a moderator to approve it.", "Ask the moderator of the group or mailbox to decide.");
    public static final Saying RECALLED = new Saying(
            "The sender recalled the message, and Exchange Online removed it from the mailbox.",
            "Ask the sender if the content is needed.");
    public static final Saying NONE = new Saying(
            "Exchange Online shows no status for this recipient; the message was refused or went on under another address.",
            "Look this message up by itself to see its events.");
    public static final Saying UNKNOWN = new Saying(
            "Exchange Online reports a status that Mailtrace does not know; it is shown as it came.",
            "Ask an administrator to look at the message in the Exchange admin center.");

    private static final Map<String, Saying> FAILURES = Map.ofEntries(
            failure("5.1.1", "The address does not exist.", "Correct it and send again."),
            failure("5.1.10", "The address does not exist.", "Correct it and send again."),
            failure(
                    "5.1.8",
                    "Exchange Online has blocked the sender for sending spam.",
                    "Ask an administrator to unblock" + " the sender."),
            failure("5.2.2", "The mailbox is full.", "Ask the recipient to make room, then send again."),
            failure("5.2.3", "The message is larger than the recipient accepts.", "Send a smaller message or a link."),
            failure("5.3.4", "The message is too large.", "Send a smaller message or a link."),
            failure(
                    "5.4.1",
                    "The recipient's server does not accept mail for this address.",
                    "Check the address; if it is" + " right, its administrator has to help."),
            failure(
                    "5.4.14",
                    "The message went round in a circle.",
                    "Ask an administrator to check forwarding and" + " connectors."),
            failure(
                    "5.7.1",
                    "A rule or restriction refused the message.",
                    "Ask an administrator which rule it was, or" + " whether the sender may write to this address."),
            failure(
                    "5.7.133",
                    "The group accepts mail only from inside.",
                    "Ask the group's owner to allow senders from" + " outside."),
            failure(
                    "5.7.134",
                    "The mailbox accepts mail only from inside.",
                    "Ask an administrator to allow senders from" + " outside."));

    private StatusWords() {}

    /** Why delivery failed for good. */
    public static Saying failed(Optional<String> code) {
        Saying known = code.map(FAILURES::get)
                .orElse(new Saying(
                        "Exchange Online could not deliver the message and gave up.",
                        "Read the reason, mend the cause and send again."));
        return code.map(number -> new Saying(withCode(known.explanation(), number), known.nextAction()))
                .orElse(known);
    }

    /** Failed, and the events that would say why were not read. */
    public static Saying failedReasonUnread() {
        return new Saying(
                "Exchange Online could not deliver the message and gave up; the reason was not read.",
                "Look this message up by itself to see the reason.");
    }

    /** An attempt failed and there will be another. */
    public static Saying deferred(Optional<String> text) {
        String why = text.map(reason -> " The last attempt said: " + reason).orElse("");
        return new Saying(
                "Exchange Online has not been able to hand the message on yet and keeps trying." + why,
                "Do not send it again; look once more in an hour.");
    }

    /** Every enhanced status code that has its own sentence. */
    public static List<String> failureCodes() {
        return FAILURES.keySet().stream().sorted().toList();
    }

    private static String withCode(String sentence, String code) {
        return sentence.substring(0, sentence.length() - 1) + " (" + code + ").";
    }

    private static Map.Entry<String, Saying> failure(String code, String explanation, String nextAction) {
        return Map.entry(code, new Saying(explanation, nextAction));
    }

    /**
     * What is said about one recipient.
     *
     * @param explanation one or two sentences
     * @param nextAction what to do
     */
    public record Saying(String explanation, String nextAction) {}
}
