package org.mailtrace.exo.rows;

/** Text that a caller searches by. */
public final class SearchText {
    private SearchText() {}

    /** Whether it can be searched for: no control characters, no line separators, no halves of characters. */
    public static boolean isSafe(String text) {
        return text.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE
                        || c == '\u2028'
                        || c == '\u2029');
    }
}
