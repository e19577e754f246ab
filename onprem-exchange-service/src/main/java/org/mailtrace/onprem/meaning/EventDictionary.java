package org.mailtrace.onprem.meaning;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every sentence about an event of the tracking log, and what to do next, by event id. */
final class EventDictionary {
    private static final String NOTHING = "Nothing needs to be done.";
    private static final String GOES_ON = "Look at what follows.";
    private static final String ADMINISTRATOR = "Show the events to an Exchange administrator.";
    private static final String WAIT = "Do not send it again; look once more in an hour.";
    private static final String MEND = "Mend what the reply says, often the address, and send again.";

    private static final Map<String, Entry> ENTRIES = new TreeMap<>();

    static {
        say("AGENTINFO", "Notes of transport agents; a rule that they name need not have acted", NOTHING);
        say(
                "BADMAIL",
                "Could neither be delivered nor returned; it came by the Pickup or Replay directory",
                "Ask an Exchange administrator which program put it there.");
        say("CLIENTSUBMISSION", "Sent from the Outbox of a mailbox", GOES_ON);
        say("DEFER", "Delayed; Exchange tries again by itself", WAIT);
        say(
                "DELIVER",
                "Put into the mailbox",
                "If it is not in the inbox, search all folders and check the mailbox's rules.");
        say(
                "DELIVERFAIL",
                "An agent tried to put it into a folder that does not exist",
                "Look at what follows; check the mailbox's rules.");
        say("DROP", "Dropped without a delivery report", ADMINISTRATOR);
        say("DSN", "A delivery report was made", "Read the report; it gives the reason.");
        say("DUPLICATEDELIVER", "The mailbox had this message already; no second copy was put in", NOTHING);
        say("DUPLICATEEXPAND", "A member of the group was a recipient already", NOTHING);
        say("DUPLICATEREDIRECT", "The address to forward to was a recipient already", NOTHING);
        say("EXPAND", "The group was replaced by its members", "Follow the member you are interested in.");
        say("FAIL", "Failed for good", MEND);
        say("HADISCARD", "The safety copy on another server was no longer needed", NOTHING);
        say("HARECEIVE", "A safety copy was taken for another server; this is no second delivery", NOTHING);
        say("HAREDIRECT", "A safety copy was given to another server; this is no second delivery", NOTHING);
        say("HAREDIRECTFAIL", "No safety copy was kept on another server; this does not affect delivery", NOTHING);
        say("INITMESSAGECREATED", "Sent to a moderator for a decision", "Ask the moderator to decide.");
        say("LOAD", "Loaded from the queue when the service started", NOTHING);
        say("MODERATIONEXPIRE", "No moderator decided in time", "Ask the moderator of this recipient.");
        say("MODERATORAPPROVE", "A moderator let it through", GOES_ON);
        say("MODERATORREJECT", "A moderator refused it", "Ask the moderator of this recipient.");
        say("MODERATORSALLNDR", "The request for a decision reached none of the moderators", "Check their addresses.");
        say("NOTIFYMAPI", "A message was noticed in an Outbox on this server", NOTHING);
        say(
                "NOTIFYSHADOW",
                "A message was noticed in an Outbox on this server, and a safety copy of it is wanted",
                NOTHING);
        say(
                "POISONMESSAGE",
                "Put into the poison queue, or taken out of it; the record does not tell which",
                "Ask an Exchange administrator to look at the poison queue.");
        say("PROCESS", "Processed", GOES_ON);
        say("PROCESSMEETINGMESSAGE", "Processed as a meeting message", GOES_ON);
        say("RECEIVE", "Received", GOES_ON);
        say("RECIPIENTINFO", "A note about the recipients; what it means is not documented", NOTHING);
        say(
                "REDIRECT",
                "The recipient was replaced by another one after a look into the directory",
                "Follow the new address.");
        say(
                "RESOLVE",
                "The address was replaced by another one of the same recipient after a look into the directory",
                "Follow the new address.");
        say("RESUBMIT", "Taken from the Safety Net to be sent again", GOES_ON);
        say("RESUBMITDEFER", "Sending it again from the Safety Net was delayed", GOES_ON);
        say("RESUBMITFAIL", "Sending it again from the Safety Net failed", ADMINISTRATOR);
        say("SEND", "Handed to the next server", GOES_ON);
        say("SENDEXTERNAL", "Handed to a system outside the Exchange servers", "Look at what that system says of it.");
        say("SETROUTE", "A route was noted; what it means is not documented", NOTHING);
        say("SUBMIT", "Handed from the sender's mailbox to transport", GOES_ON);
        say("SUBMITDEFER", "Handing it from the sender's mailbox to transport was delayed", WAIT);
        say("SUBMITFAIL", "Handing it from the sender's mailbox to transport failed", ADMINISTRATOR);
        say("SUPPRESSED", "Its transmission was suppressed", ADMINISTRATOR);
        say("THROTTLE", "Slowed down by a limit", WAIT);
        say("TRANSFER", "Some recipients went on in a copy of the message", GOES_ON);
    }

    private EventDictionary() {}

    /**
     * One sentence.
     *
     * @param quoted what the record says about it, such as a reply
     */
    static String sentence(String eventId, Optional<String> quoted) {
        String detail = quoted.map(text -> ": " + text).orElse("");
        return Optional.ofNullable(ENTRIES.get(eventId))
                .map(entry -> entry.sentence() + detail + ".")
                .orElse("The log says " + eventId + ", which Mailtrace does not know and concludes nothing from.");
    }

    /** What to do; empty for an event that is not known. */
    static Optional<String> nextAction(String eventId) {
        return Optional.ofNullable(ENTRIES.get(eventId)).map(Entry::nextAction);
    }

    private static void say(String eventId, String sentence, String nextAction) {
        ENTRIES.put(eventId, new Entry(sentence, nextAction));
    }

    /** A sentence without its full stop, and what to do. */
    private record Entry(String sentence, String nextAction) {}
}
