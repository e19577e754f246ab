package org.mailtrace.exo.detail;

import java.util.Locale;
import java.util.regex.Pattern;
import org.mailtrace.contract.EventType;

/**
 * What the vendor's event names mean. Documented are receive, send, fail, deliver, expand, transfer, defer, resolved
 * and DLP rule ("View the message trace details" on learn.microsoft.com); submit, spam, malware, transport rule and drop
 * have been seen. The set is open: an unknown name is {@link EventType#OTHER}.
 */
final class EventWords {
    private static final Pattern JUNK = Pattern.compile("junk\\s?-?e-?mail|junk folder|to junk");
    private static final Pattern QUARANTINED = Pattern.compile("\\bquarantined?\\b");
    private static final Pattern NOT_QUARANTINED = Pattern.compile("\\bnot (be )?quarantined?\\b");

    private EventWords() {}

    /** @param text everything else that the event says, lower case */
    static EventType type(String name, String text) {
        String word = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        return switch (word) {
            case "receive", "received" -> EventType.RECEIVE;
            case "submit", "submitted" -> EventType.SUBMIT;
            case "deliver", "delivered" -> JUNK.matcher(text).find() ? EventType.JUNK : EventType.DELIVER;
            case "junk", "junked" -> EventType.JUNK;
            case "send", "sent", "sendexternal" -> EventType.SEND;
            case "transfer" -> EventType.TRANSFER;
            case "expand", "expanded" -> EventType.EXPAND;
            case "resolve", "resolved" -> EventType.RESOLVE;
            case "redirect", "redirected" -> EventType.REDIRECT;
            case "defer", "deferred" -> EventType.DEFER;
            case "fail", "failed" -> EventType.FAIL;
            case "drop", "dropped" -> EventType.DISCARD;
            case "quarantine", "quarantined" -> EventType.QUARANTINE;
            case "release", "released" -> EventType.RELEASE;
            case "recall", "recalled" -> EventType.RECALL;
            default -> verdict(word, text);
        };
    }

    /** Filters and rules name what they did only in their text. */
    private static EventType verdict(String word, String text) {
        if (word.startsWith("moderat")) {
            return EventType.MODERATION;
        }
        if (!word.matches("spam|malware|phish|transportrule|dlprule|sensitivitylabel|spoof|bulk")) {
            return EventType.OTHER;
        }
        boolean held = QUARANTINED.matcher(text).find()
                && !NOT_QUARANTINED.matcher(text).find();
        return held ? EventType.QUARANTINE : EventType.FILTER;
    }

    /** The usual order within one second. */
    static int rank(EventType type) {
        return switch (type) {
            case SUBMIT -> 0;
            case RECEIVE -> 1;
            case RESOLVE, REDIRECT -> 2;
            case EXPAND -> 3;
            case TRANSFER -> 4;
            case FILTER, MODERATION, OTHER -> 5;
            case QUARANTINE -> 6;
            case RELEASE -> 7;
            case DEFER -> 8;
            case SEND -> 9;
            case REJECT, DISCARD, FAIL, BOUNCE -> 10;
            case DELIVER, JUNK -> 11;
            case RECALL -> 12;
        };
    }
}
