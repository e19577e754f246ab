package org.mailtrace.exo.history;

import java.util.Locale;
import java.util.Set;
import org.mailtrace.contract.EventType;
import org.mailtrace.exo.history.csv.EventRow;

/**
 * What the events of the tracking log mean. Their names are listed in "Search message tracking logs" on
 * learn.microsoft.com; SENDEXTERNAL is written by Exchange Online without being listed there. The set is open. Unlike in
 * the details of a message trace, SEND is a hop between Microsoft's own servers here.
 */
final class TrackingWords {
    /** Known, and none of them says what became of a recipient. */
    private static final Set<String> NEUTRAL = Set.of(
            "AGENTINFO",
            "CLIENTSUBMISSION",
            "DSN",
            "DUPLICATEEXPAND",
            "DUPLICATEREDIRECT",
            "HADISCARD",
            "HARECEIVE",
            "HAREDIRECT",
            "HAREDIRECTFAIL",
            "INITMESSAGECREATED",
            "LOAD",
            "MODERATORAPPROVE",
            "NOTIFYMAPI",
            "NOTIFYSHADOW",
            "PROCESS",
            "PROCESSMEETINGMESSAGE",
            "RECEIVE",
            "RECIPIENTINFO",
            "RESUBMIT",
            "RESUBMITDEFER",
            "RESUBMITFAIL",
            "SEND",
            "SETROUTE",
            "SUBMIT",
            "THROTTLE",
            "TRANSFER");

    private TrackingWords() {}

    static EventType type(EventRow row) {
        return switch (row.event()) {
            case "RECEIVE" -> row.source().equals("STOREDRIVER") ? EventType.SUBMIT : EventType.RECEIVE;
            case "SUBMIT", "CLIENTSUBMISSION" -> EventType.SUBMIT;
            case "DELIVER" -> EventType.DELIVER;
            case "SENDEXTERNAL" -> EventType.SEND;
            case "SEND", "TRANSFER" -> EventType.TRANSFER;
            case "EXPAND" -> EventType.EXPAND;
            case "RESOLVE" -> EventType.RESOLVE;
            case "REDIRECT" -> EventType.REDIRECT;
            case "DEFER", "SUBMITDEFER", "RESUBMITDEFER" -> EventType.DEFER;
            case "FAIL", "BADMAIL" -> EventType.FAIL;
            case "DROP" -> EventType.DISCARD;
            case "DSN" -> EventType.BOUNCE;
            case "MODERATORAPPROVE", "MODERATORSALLNDR" -> EventType.MODERATION;
            case "MODERATORREJECT", "MODERATIONEXPIRE" -> EventType.REJECT;
            case "AGENTINFO" -> filtered(row) ? EventType.FILTER : EventType.OTHER;
            default -> EventType.OTHER;
        };
    }

    /** Whether the event is known to leave open what became of its recipients. */
    static boolean isNeutral(String event) {
        return NEUTRAL.contains(event);
    }

    /** Verdicts of the spam filter, the malware filter and mail flow rules, as Microsoft's own examples show them. */
    private static boolean filtered(EventRow row) {
        String data = row.field("custom_data").orElse("").toUpperCase(Locale.ROOT);
        return data.contains("SFA=") || data.contains("AMA=") || data.contains("TRA=ETR");
    }
}
