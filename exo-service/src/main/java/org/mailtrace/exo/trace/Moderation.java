package org.mailtrace.exo.trace;

import java.util.regex.Pattern;
import org.mailtrace.exo.detail.DetailEvent;

/** How far the approval of a message has come, as one event says. */
enum Moderation {
    WAITING,
    GRANTED,
    REFUSED,
    EXPIRED,
    /** The request for a decision reached no moderator. */
    UNREACHABLE;

    private static final Pattern GRANTED_WORDS = Pattern.compile("\\b(approved|allowed)\\b");
    private static final Pattern REFUSED_WORDS = Pattern.compile("\\b(rejected|declined|refused|denied)\\b");
    private static final Pattern EXPIRED_WORDS = Pattern.compile("\\bexpired\\b");

    static Moderation of(DetailEvent event) {
        return switch (event.word()) {
            case "initmessagecreated" -> WAITING;
            case "moderatorapprove" -> GRANTED;
            case "moderatorreject" -> REFUSED;
            case "moderationexpire" -> EXPIRED;
            case "moderatorsallndr" -> UNREACHABLE;
            default -> byText(event.text());
        };
    }

    /** Whether nothing follows: the message was not let through. */
    boolean endsIt() {
        return this == REFUSED || this == EXPIRED;
    }

    private static Moderation byText(String text) {
        if (EXPIRED_WORDS.matcher(text).find()) {
            return EXPIRED;
        }
        if (REFUSED_WORDS.matcher(text).find()) {
            return REFUSED;
        }
        return GRANTED_WORDS.matcher(text).find() ? GRANTED : WAITING;
    }
}
