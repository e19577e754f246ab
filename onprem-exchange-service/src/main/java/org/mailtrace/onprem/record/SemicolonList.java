package org.mailtrace.onprem.record;

import java.util.ArrayList;
import java.util.List;

/**
 * Lists with semicolons whose items may hold semicolons of their own inside brackets or braces, as
 * {@code [{LED=501 5.1.4 ...};{MSG=}];[...]} in {@code recipient-status}.
 */
public final class SemicolonList {
    private SemicolonList() {}

    /** The items; none for blank text. Brackets that do not match never swallow the rest. */
    public static List<String> split(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        List<String> items = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '[' || c == '{') {
                depth++;
            } else if ((c == ']' || c == '}') && depth > 0) {
                depth--;
            } else if (c == ';' && depth == 0) {
                items.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        items.add(text.substring(start).strip());
        return List.copyOf(items);
    }
}
