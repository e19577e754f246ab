package org.mailtrace.proofpoint.fate;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a next host did not take a message, read from its reply; the first that fits. */
enum HandoverReason {
    TLS("tls", "starttls|tls |tls handshake|certificate"),
    GREYLISTING("greylisting", "greylist|graylist"),
    UNKNOWN_RECIPIENT("unknown-recipient", "5.1.1|5.1.10|user unknown|no such user|recipientnotfound"),
    MAILBOX_FULL("mailbox-full", "5.2.2|4.2.2|mailbox full|over quota|quota exceeded"),
    TOO_LARGE("too-large", "5.3.4|5.2.3|too large|size limit"),
    UNKNOWN_HOST("unknown-host", "host unknown|5.1.2|name server|5.4.4"),
    THROTTLED("throttled", "4.7.500|too many|throttl|rate limit"),
    CONNECTION("connection", "connection|timed out|timeout|no route|refused by");

    private final String word;
    /** Separated by bars: an enum constant holds nothing mutable. */
    private final String signs;

    HandoverReason(String word, String signs) {
        this.word = word;
        this.signs = signs;
    }

    private Stream<String> signs() {
        return Arrays.stream(signs.split("\\|", -1));
    }

    /** The word in an answer. */
    String word() {
        return word;
    }

    static Optional<String> in(String stat) {
        String text = stat.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(reason -> reason.signs().anyMatch(sign -> hasSign(text, sign)))
                .map(HandoverReason::word)
                .findFirst();
    }

    /** The code 5.1.1 is not the beginning of 5.1.10. */
    private static boolean hasSign(String text, String sign) {
        int at = text.indexOf(sign);
        while (at >= 0) {
            int end = at + sign.length();
            boolean digitFollows = end < text.length() && Character.isDigit(text.charAt(end));
            if (!Character.isDigit(sign.charAt(sign.length() - 1)) || !digitFollows) {
                return true;
            }
            at = text.indexOf(sign, end);
        }
        return false;
    }
}
