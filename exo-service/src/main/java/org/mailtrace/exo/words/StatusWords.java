package org.mailtrace.exo.words;

import java.util.Map;
import java.util.Optional;

/**
 * What each status of Exchange Online means for one recipient, and what to do. Reviewed as prose; the published status
 * dictionary is made of these sentences. Why something failed stands in {@link FailureWords}.
 */
public final class StatusWords {
    private static final String LOOK_EVERYWHERE =
            "If it is not in the inbox, search all folders, Junk Email and Deleted Items included, in Outlook on the web, and"
                    + " check the mailbox's rules.";
    private static final String LOOK_IN_BOTH =
            "Look in the inbox and in Junk Email, and check the mailbox's rules; Outlook on the web shows every folder.";
    private static final String DEFENDER =
            "An administrator can look for it in the Microsoft Defender portal under Email & collaboration, Review, Quarantine.";
    private static final String FOLLOW = "Look at what became of the other address.";

    public static final Saying DELIVERED =
            new Saying("Exchange Online put the message into the mailbox.", LOOK_EVERYWHERE);
    public static final Saying DELIVERED_FOLDER_UNCHECKED = new Saying(
            "Exchange Online reports the message as delivered; the events were not read, so the folder was not checked.",
            "Look in the inbox and in Junk Email; look this message up by itself to see its events.");
    public static final Saying DELIVERED_FOLDER_UNKNOWN = new Saying(
            "Exchange Online reports the message as delivered; its events do not name the folder.", LOOK_IN_BOTH);
    public static final Saying DELIVERED_AFTER_QUARANTINE = new Saying(
            "Exchange Online held the message in its quarantine and put it into the mailbox afterwards.",
            LOOK_EVERYWHERE);
    public static final Saying DELIVERED_AND_FORWARDED = new Saying(
            "Exchange Online put the message into the mailbox; it also went on to another address.", LOOK_EVERYWHERE);
    public static final Saying DELIVERED_THEN_FAILED = new Saying(
            "Exchange Online put the message into the mailbox; a later event reports a failure, which takes nothing out of"
                    + " the mailbox.",
            LOOK_EVERYWHERE);
    public static final Saying DELIVERED_ONCE = new Saying(
            "The mailbox had this message already, so Exchange Online did not put in a second copy.", LOOK_EVERYWHERE);
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
            FOLLOW);
    public static final Saying RESOLVED_SOMEWHERE = new Saying(
            "The directory led this address to another one, which is not named here; the message goes on under that.",
            "Look this message up by itself to see its other recipients.");
    public static final Saying RESOLVED_OUTSIDE = new Saying(
            "The directory leads this address to one outside our domains; the message goes on under that.", FOLLOW);
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
            DEFENDER);
    public static final Saying QUARANTINED_OR_DELIVERED = new Saying(
            "Exchange Online reports a quarantine and a delivery in the same second and does not tell which came last.",
            "Look in the mailbox, Junk Email included, and ask an administrator to look in the quarantine of the Microsoft"
                    + " Defender portal.");
    public static final Saying QUARANTINED_AFTER_DELIVERY = new Saying(
            "Exchange Online put the message into the mailbox and moved it into its own quarantine afterwards; whether it is"
                    + " still there was not checked.",
            DEFENDER);
    public static final Saying RELEASED = new Saying(
            "Exchange Online released the message from its quarantine; that it reached the mailbox is not seen yet.",
            "Look once more in a few minutes.");
    public static final Saying SPAM_FILTERED = new Saying(
            "Exchange Online took the message for spam and blocked it without keeping it; it cannot be released.",
            "Ask the sender to send it again, and an administrator to check the anti-spam policy.");
    public static final Saying GETTING_STATUS = new Saying(
            "Exchange Online has just received the message and does not know its status yet.",
            "Look once more in a few minutes.");
    public static final Saying PENDING = new Saying(
            "Exchange Online is still working on the message.", "Do not send it again; look once more in an hour.");
    public static final Saying MODERATED = new Saying(
            "The message waits for a moderator to approve it.", "Ask the moderator of the group or mailbox to decide.");
    public static final Saying MODERATION_GRANTED = new Saying(
            "A moderator approved the message, and Exchange Online is still working on it.",
            "Look once more in a few minutes.");
    public static final Saying MODERATION_REFUSED =
            new Saying("A moderator refused the message.", "Ask the moderator of the group or mailbox.");
    public static final Saying MODERATION_EXPIRED = new Saying(
            "No moderator decided in time, so the message was not let through.",
            "Ask the moderator of the group or mailbox, then send it again.");
    public static final Saying MODERATORS_UNREACHABLE = new Saying(
            "The message waits for approval, and the request reached none of the moderators.",
            "Ask an administrator to check who moderates the group or mailbox.");
    public static final Saying POISON = new Saying(
            "Exchange Online set the message aside because a service seemed to fail over it, or took it up again; the record"
                    + " does not tell which.",
            "Ask an administrator to open a case with Microsoft, and the sender to send it another way.");
    public static final Saying REJECTED = new Saying(
            "Exchange Online refused the message; the sender should have received a bounce.",
            "Ask an administrator which rule or filter refused it.");
    public static final Saying RECALLED = new Saying(
            "The sender recalled the message, and Exchange Online removed it from the mailbox.",
            "Ask the sender if the content is needed.");
    public static final Saying NONE = new Saying(
            "Exchange Online shows no status for this recipient; the message was refused or went on under another address.",
            "Look this message up by itself to see its events.");
    public static final Saying UNKNOWN = new Saying(
            "Exchange Online reports a status that Mailtrace does not know; it is shown as it came.",
            "Ask an administrator to look at the message in the Exchange admin center.");

    private static final Saying DISCARDED = new Saying(
            "Exchange Online accepted the message and dropped it; nobody was told and it cannot be recovered.",
            "Ask an administrator which rule or filter dropped it, and the sender to send it again.");
    /** What a reason means as prose; an unknown reason is not named. */
    private static final Map<String, String> AS = Map.of(
            "malware", "malware",
            "phish", "phishing",
            "spoof", "a forged sender",
            "bulk", "bulk mail",
            "spam", "spam",
            "dlp", "a breach of a data protection rule");

    private StatusWords() {}

    /** Held, and for this reason where it is known. */
    public static Saying quarantined(Optional<String> reason) {
        String explanation = as(reason)
                .map(word -> "Exchange Online holds the message in its own quarantine as " + word
                        + "; whether it is still there was not checked.")
                .or(() -> reason.filter("rule"::equals)
                        .map(rule ->
                                "Exchange Online holds the message in its own quarantine because of a mail flow rule;"
                                        + " whether it is still there was not checked."))
                .orElse(QUARANTINED.explanation());
        return new Saying(explanation, isDangerous(reason) ? "Do not release it; ask the security team." : DEFENDER);
    }

    /** Dropped, and for this reason where it is known. */
    public static Saying discarded(Optional<String> reason) {
        String explanation = as(reason)
                .map(word -> "Exchange Online accepted the message and dropped it as " + word
                        + "; nobody was told and it cannot be recovered.")
                .or(() -> reason.filter("rule"::equals)
                        .map(rule ->
                                "A mail flow rule deleted the message; nobody was told and it cannot be recovered."))
                .orElse(DISCARDED.explanation());
        String action = isDangerous(reason) ? "Ask the sender for a safe copy." : DISCARDED.nextAction();
        return new Saying(explanation, action);
    }

    /** Failed, and no event says why; what a filter found, if it found something. */
    public static Saying failedWithoutReason(Optional<String> reason) {
        return as(reason)
                .map(word -> new Saying(
                        "The filters took the message for " + word + ".",
                        isDangerous(reason)
                                ? "Ask the sender for a safe copy."
                                : "Ask an administrator to check the filter, and the sender to send it again."))
                .orElse(new Saying(
                        "The events do not say why.",
                        "Ask an administrator to look at the message in the Exchange admin center."));
    }

    /** Failed, and the events that would say why were not read. */
    public static Saying failedReasonUnread() {
        return new Saying("The reason was not read.", "Look this message up by itself to see the reason.");
    }

    /** The same, told from the row alone. */
    public static Saying eventsUnread(Saying saying) {
        return new Saying(saying.explanation() + " Its events were not read.", saying.nextAction());
    }

    private static Optional<String> as(Optional<String> reason) {
        return reason.map(AS::get);
    }

    private static boolean isDangerous(Optional<String> reason) {
        return reason.filter(word -> word.equals("malware") || word.equals("phish"))
                .isPresent();
    }

    /**
     * What is said about one recipient.
     *
     * @param explanation one or two sentences
     * @param nextAction what to do
     */
    public record Saying(String explanation, String nextAction) {}
}
