package org.mailtrace.index.packing;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Subjects compared without regard to case, and the search text for the trigram index. */
public final class SubjectText {
    /** More would only narrow further what the text itself decides anyway. */
    private static final int MAX_TRIGRAMS = 24;

    private SubjectText() {}

    public static boolean contains(String subject, String folded) {
        return fold(subject).contains(folded);
    }

    public static String fold(String text) {
        return text.codePoints()
                .map(point -> Character.toLowerCase(Character.toUpperCase(point)))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Every trigram as a quoted string, so that nothing in the text is ever an operator. */
    public static String match(String text) {
        int[] points = text.codePoints().toArray();
        Set<String> trigrams = new LinkedHashSet<>();
        for (int i = 0; i + 3 <= points.length && trigrams.size() < MAX_TRIGRAMS; i++) {
            trigrams.add(new String(points, i, 3));
        }
        return trigrams.stream()
                .map(trigram -> '"' + trigram.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(" "));
    }
}
