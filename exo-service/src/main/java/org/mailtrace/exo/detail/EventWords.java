package org.mailtrace.exo.detail;

import java.util.regex.Pattern;
import org.mailtrace.contract.EventType;
import org.mailtrace.exo.words.EventDictionary;

/**
 * What the vendor's event names mean together with what else an event says: filters and rules name what they did only in
 * their text, and a delivery may be one to Junk Email or into the quarantine. An unknown name is {@link EventType#OTHER}.
 */
public final class EventWords {
    private static final Pattern JUNK = Pattern.compile("junk\\s?-?e-?mail|junk folder|to junk");
    private static final Pattern QUARANTINED = Pattern.compile("\\bquarantined?\\b");
    private static final Pattern NOT_QUARANTINED =
            Pattern.compile("\\bnot (be )?quarantined?\\b|from (the )?quarantine");
    private static final Pattern DELETED = Pattern.compile("\\bdelete(d)? the message\\b|\\bdeletemessage\\b");
    private static final Pattern REDIRECTED = Pattern.compile("\\bredirect(ed)? the message\\b|\\bredirectmessage\\b");
    /** A rule that is only being tested matches and does nothing. */
    private static final Pattern TESTED = Pattern.compile("\\bmode\\s*[=:]\\s*(audit|test)|\\btest (with|without)\\b");

    private static final Pattern UNSUCCESSFUL = Pattern.compile("\\bfail(ed|ure)?\\b|\\bcould not\\b|\\bunsuccessful");

    private EventWords() {}

    /**
     * What an event is.
     *
     * @param name the vendor's word, in whatever case
     * @param text everything else that the event says, lower case
     */
    public static EventType type(String name, String text) {
        EventType usual =
                EventDictionary.of(name).map(EventDictionary.Entry::type).orElse(EventType.OTHER);
        return switch (usual) {
            case DELIVER -> delivery(text);
            case FILTER -> verdict(name, text);
            case RECALL -> UNSUCCESSFUL.matcher(text).find() ? EventType.OTHER : EventType.RECALL;
            case OTHER -> isModeration(name) ? EventType.MODERATION : EventType.OTHER;
            default -> usual;
        };
    }

    /** Microsoft reports messages in quarantine as delivered at times. */
    private static EventType delivery(String text) {
        if (JUNK.matcher(text).find()) {
            return EventType.JUNK;
        }
        return isHeld(text) ? EventType.QUARANTINE : EventType.DELIVER;
    }

    private static EventType verdict(String name, String text) {
        String word = EventDictionary.of(name).map(EventDictionary.Entry::word).orElse("");
        if (word.equals("agentinfo")
                || word.equals("sensitivitylabel")
                || TESTED.matcher(text).find()) {
            return EventType.FILTER;
        }
        if (isHeld(text)) {
            return EventType.QUARANTINE;
        }
        if (DELETED.matcher(text).find()) {
            return EventType.DISCARD;
        }
        return REDIRECTED.matcher(text).find() ? EventType.REDIRECT : EventType.FILTER;
    }

    private static boolean isHeld(String text) {
        return QUARANTINED.matcher(text).find()
                && !NOT_QUARANTINED.matcher(text).find();
    }

    private static boolean isModeration(String name) {
        return EventDictionary.of(name).isEmpty() && name.strip().regionMatches(true, 0, "moderat", 0, 7);
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
