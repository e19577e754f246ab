package org.mailtrace.exo.words;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.mailtrace.contract.EventType;

/**
 * Every event that Exchange Online is known to write, with what it means and what to do. Documented for the message trace
 * are Receive, Send, Fail, Deliver, Expand, Transfer, Defer, Resolved, DLP rule and Sensitivity label
 * (<a href="https://learn.microsoft.com/exchange/monitoring/trace-an-email-message/message-trace-modern-eac">Message trace
 * in the modern Exchange admin center</a>); Submit, Spam, Malware, Transport rule and Drop have been seen. The extended
 * report uses the event ids of the tracking log
 * (<a href="https://learn.microsoft.com/exchange/mail-flow/transport-logs/message-tracking">Message tracking</a>), and
 * SendExternal, RecipientInfo and SetRoute besides. The set is open.
 */
public final class EventDictionary {
    private static final String NOTHING = "Nothing needs to be done.";
    private static final String GOES_ON = "Look at what follows.";
    private static final String ADMINISTRATOR = "Show the events to an administrator.";
    private static final String WAIT = "Do not send it again; look once more in an hour.";
    private static final String FOLLOW = "Look at what became of the other address.";
    private static final String FILTERED = "Look at what follows; if it was held or dropped, ask an administrator.";

    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("received", "receive"),
            Map.entry("submitted", "submit"),
            Map.entry("delivered", "deliver"),
            Map.entry("junked", "junk"),
            Map.entry("sent", "send"),
            Map.entry("transferred", "transfer"),
            Map.entry("expanded", "expand"),
            Map.entry("resolve", "resolved"),
            Map.entry("redirected", "redirect"),
            Map.entry("deferred", "defer"),
            Map.entry("failed", "fail"),
            Map.entry("dropped", "drop"),
            Map.entry("rejected", "reject"),
            Map.entry("quarantined", "quarantine"),
            Map.entry("released", "release"),
            Map.entry("recalled", "recall"),
            Map.entry("phishing", "phish"));

    private static final Map<String, Entry> ENTRIES = entries();

    private EventDictionary() {}

    /** What an event's name means; empty for a name that nobody has seen before. */
    public static Optional<Entry> of(String name) {
        String word = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return Optional.ofNullable(ENTRIES.get(SAME.getOrDefault(word, word)));
    }

    /**
     * An event in one sentence.
     *
     * @param type what it turned out to be, with all that the event says: a delivery may be one to Junk Email
     * @param quoted what the vendor writes about it
     */
    public static String sentence(String name, EventType type, Optional<String> quoted) {
        String meaning = of(name).map(
                        entry -> entry.type() == type ? entry.sentence() : entry.sentence() + otherwise(type))
                .orElse("Exchange Online writes " + name + ", which Mailtrace does not know");
        String detail = quoted.map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> ": " + (text.endsWith(".") ? text.substring(0, text.length() - 1) : text))
                .orElse("");
        return meaning + detail + ".";
    }

    /** The published table, in the order in which such events happen. */
    public static Collection<Entry> all() {
        return ENTRIES.values();
    }

    private static String otherwise(EventType type) {
        return switch (type) {
            case JUNK -> ", in the Junk Email folder";
            case QUARANTINE -> ", which put it into quarantine";
            case DISCARD -> ", which deleted it";
            case REDIRECT -> ", which sent it on to another address";
            default -> "";
        };
    }

    private static Map<String, Entry> entries() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        trace(entries);
        filters(entries);
        moderation(entries);
        trackingLog(entries);
        return Collections.unmodifiableMap(entries);
    }

    private static void trace(Map<String, Entry> to) {
        put(to, "Submit", EventType.SUBMIT, "Sent from a mailbox", GOES_ON);
        put(to, "Receive", EventType.RECEIVE, "Received by Exchange Online", GOES_ON);
        put(to, "Resolved", EventType.RESOLVE, "The directory replaced the address by another one", FOLLOW);
        put(to, "Redirect", EventType.REDIRECT, "A forwarding replaced the recipient by another one", FOLLOW);
        put(to, "Expand", EventType.EXPAND, "The group was replaced by its members", "Follow the member in question.");
        put(to, "Transfer", EventType.TRANSFER, "Some recipients went on in a copy of the message", GOES_ON);
        put(to, "Defer", EventType.DEFER, "Delayed; Exchange Online tries again by itself", WAIT);
        put(
                to,
                "Send",
                EventType.SEND,
                "Handed to another mail server",
                "Ask that server's administrator, and quote the reply.");
        put(
                to,
                "SendExternal",
                EventType.SEND,
                "Handed to a mail server outside Exchange Online",
                "Ask that server's administrator, and quote the reply.");
        put(
                to,
                "Deliver",
                EventType.DELIVER,
                "Put into the mailbox",
                "If it is not in the inbox, search all folders and check the mailbox's rules.");
        put(to, "Junk", EventType.JUNK, "Put into the Junk Email folder", "Mark it as not junk to move it.");
        put(
                to,
                "Fail",
                EventType.FAIL,
                "Failed for good",
                "Mend what the reply says, often the address, and send again.");
        put(to, "Reject", EventType.REJECT, "Refused", "Ask an administrator which rule or filter it was.");
        put(
                to,
                "Drop",
                EventType.DISCARD,
                "Dropped without telling anybody",
                "Ask an administrator why, and for a copy.");
        put(to, "Recall", EventType.RECALL, "Taken back by its sender", "Ask the sender if the content is needed.");
    }

    private static void filters(Map<String, Entry> to) {
        put(to, "Spam", EventType.FILTER, "The spam filter judged the message", FILTERED);
        put(to, "Bulk", EventType.FILTER, "The filter for bulk mail judged the message", FILTERED);
        put(to, "Phish", EventType.FILTER, "The phishing filter judged the message", FILTERED);
        put(to, "Spoof", EventType.FILTER, "The filter for forged senders judged the message", FILTERED);
        put(to, "Malware", EventType.FILTER, "The malware filter found something", "Ask the sender for a safe copy.");
        put(to, "Transport rule", EventType.FILTER, "A mail flow rule matched", FILTERED);
        put(to, "DLP rule", EventType.FILTER, "A data protection rule matched; it need not have acted", FILTERED);
        put(to, "Sensitivity label", EventType.FILTER, "A sensitivity label was set by Exchange Online", NOTHING);
        put(
                to,
                "Quarantine",
                EventType.QUARANTINE,
                "Put into Exchange Online's quarantine",
                "Ask an administrator to look in the Microsoft Defender portal.");
        put(to, "Release", EventType.RELEASE, "Released from quarantine", GOES_ON);
        put(
                to,
                "AgentInfo",
                EventType.FILTER,
                "Notes of transport agents; a rule that they name need not have acted",
                NOTHING);
    }

    private static void moderation(Map<String, Entry> to) {
        EventType type = EventType.MODERATION;
        put(to, "Moderation", type, "Waits for a moderator", "Ask the moderator to decide.");
        put(to, "InitMessageCreated", type, "Sent to a moderator for a decision", "Ask the moderator to decide.");
        put(to, "ModeratorApprove", type, "A moderator let it through", GOES_ON);
        put(to, "ModeratorReject", type, "A moderator refused it", "Ask the moderator of this recipient.");
        put(to, "ModerationExpire", type, "No moderator decided in time", "Ask the moderator of this recipient.");
        put(
                to,
                "ModeratorsAllNdr",
                type,
                "The request for a decision reached none of the moderators",
                "Ask an administrator to check who moderates.");
    }

    private static void trackingLog(Map<String, Entry> to) {
        put(
                to,
                "DuplicateDeliver",
                EventType.DELIVER,
                "The mailbox had this message already; no second copy was put in",
                NOTHING);
        put(to, "DuplicateExpand", EventType.OTHER, "A member of the group was a recipient already", NOTHING);
        put(to, "DuplicateRedirect", EventType.OTHER, "The address to forward to was a recipient already", NOTHING);
        put(
                to,
                "DeliverFail",
                EventType.OTHER,
                "An agent tried to put it into a folder that does not exist",
                "Look at what follows; check the mailbox's rules.");
        put(to, "Dsn", EventType.BOUNCE, "A delivery report was made", "Read the report; it gives the reason.");
        put(to, "BadMail", EventType.DISCARD, "Could neither be delivered nor returned", ADMINISTRATOR);
        put(to, "Suppressed", EventType.DISCARD, "Its transmission was suppressed", ADMINISTRATOR);
        put(
                to,
                "PoisonMessage",
                EventType.DEFER,
                "Set aside because a service seemed to fail over it, or taken up again; the record does not tell which",
                ADMINISTRATOR);
        put(to, "Throttle", EventType.DEFER, "Slowed down by a limit", WAIT);
        put(to, "SubmitDefer", EventType.DEFER, "Handing it over from the mailbox was delayed", WAIT);
        put(to, "SubmitFail", EventType.FAIL, "Handing it over from the mailbox failed", ADMINISTRATOR);
        put(to, "Resubmit", EventType.OTHER, "Taken from a safety copy to be sent again", GOES_ON);
        put(to, "ResubmitDefer", EventType.DEFER, "Sending it again from a safety copy was delayed", GOES_ON);
        put(to, "ResubmitFail", EventType.OTHER, "Sending it again from a safety copy failed", ADMINISTRATOR);
        put(to, "HaReceive", EventType.OTHER, "A safety copy was taken; this is no second delivery", NOTHING);
        put(to, "HaRedirect", EventType.OTHER, "A safety copy was given away; this is no second delivery", NOTHING);
        put(to, "HaRedirectFail", EventType.OTHER, "No safety copy was kept; this does not affect delivery", NOTHING);
        put(to, "HaDiscard", EventType.OTHER, "The safety copy was no longer needed", NOTHING);
        put(to, "NotifyMapi", EventType.OTHER, "A message was noticed in an Outbox", NOTHING);
        put(to, "NotifyShadow", EventType.OTHER, "A message was noticed in an Outbox, and a copy is wanted", NOTHING);
        put(to, "Load", EventType.OTHER, "Loaded from the queue when a service started", NOTHING);
        put(to, "Process", EventType.OTHER, "Processed", GOES_ON);
        put(to, "ProcessMeetingMessage", EventType.OTHER, "Processed as a meeting message", GOES_ON);
        put(
                to,
                "RecipientInfo",
                EventType.OTHER,
                "A note about the recipients; its meaning is not documented",
                NOTHING);
        put(to, "SetRoute", EventType.OTHER, "A route was noted; its meaning is not documented", NOTHING);
    }

    private static void put(Map<String, Entry> to, String name, EventType type, String sentence, String nextAction) {
        String word = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        to.put(word, new Entry(name, word, type, sentence, nextAction));
    }

    /**
     * One event.
     *
     * @param name as Microsoft writes it in the message trace; the tracking log has it in capitals
     * @param word the name in lower case, letters only
     * @param type what it is unless its text says otherwise
     * @param sentence what happened, without a full stop
     * @param nextAction what to do
     */
    public record Entry(String name, String word, EventType type, String sentence, String nextAction) {}
}
