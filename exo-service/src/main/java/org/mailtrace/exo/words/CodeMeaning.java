package org.mailtrace.exo.words;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mailtrace.exo.words.StatusWords.Saying;

/**
 * What one enhanced status code means, or a range of them.
 *
 * @param codes such as {@code 5.1.10}, {@code 4.4.7,5.4.7} or {@code 5.7.606-649}
 * @param onlyWith text that the error must contain for this meaning, lower case; empty for any text
 * @param saying the meaning without the code, and what to do
 */
record CodeMeaning(String codes, String onlyWith, Saying saying) {
    /** A meaning for any text. */
    static CodeMeaning of(String codes, String explanation, String nextAction) {
        return new CodeMeaning(codes, "", new Saying(explanation, nextAction));
    }

    /** A meaning for errors that contain a text, because the code alone has several. */
    static CodeMeaning with(String text, String codes, String explanation, String nextAction) {
        return new CodeMeaning(codes, text.toLowerCase(Locale.ROOT), new Saying(explanation, nextAction));
    }

    /** Whether this is the meaning of a code, in an error with this text in lower case. */
    boolean isOf(String code, String text) {
        return text.contains(onlyWith) && Stream.of(codes.split(",")).anyMatch(each -> holds(each, code));
    }

    /** The codes as a list; a range stays one entry. */
    List<String> each() {
        return List.of(codes.split(","));
    }

    private static boolean holds(String range, String code) {
        int dash = range.indexOf('-');
        if (dash < 0) {
            return range.equals(code);
        }
        int dot = range.lastIndexOf('.');
        if (!code.startsWith(range.substring(0, dot + 1))) {
            return false;
        }
        int detail = Integer.parseInt(code.substring(code.lastIndexOf('.') + 1));
        return Integer.parseInt(range.substring(dot + 1, dash)) <= detail
                && detail <= Integer.parseInt(range.substring(dash + 1));
    }
}
