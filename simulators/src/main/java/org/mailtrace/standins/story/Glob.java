package org.mailtrace.standins.story;

import java.util.Locale;
import java.util.regex.Pattern;

/** Patterns with {@code *} for any run of characters, case-insensitive; nothing else is special. */
public final class Glob {
    private Glob() {}

    /** Whether the whole text fits the pattern. */
    public static boolean matches(String pattern, String text) {
        StringBuilder regex = new StringBuilder();
        for (String literal : pattern.toLowerCase(Locale.ROOT).split("\\*", -1)) {
            regex.append(regex.isEmpty() ? "" : ".*").append(Pattern.quote(literal));
        }
        return text.toLowerCase(Locale.ROOT).matches(regex.toString());
    }
}
