package org.mailtrace.index.packing;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** Subjects compared without regard to case, and the search text for the trigram index. */
public final class SubjectText {
    /** More would only narrow further what the text itself decides anyway. */
    private static final int MAX_TRIGRAMS = 24;

    private static final int REPLACEMENT = 0xFFFD;

    private SubjectText() {}

    /** One line, of what every store can keep: line breaks part the subjects of one message from each other. */
    public static String line(String text) {
        return mapped(text, point -> point == '\n' ? ' ' : point).strip();
    }

    /** Whether a subject has this in it, which is folded already. */
    public static boolean contains(String subject, String folded) {
        return fold(subject).contains(folded);
    }

    /**
     * The text as subjects are compared, the same in every store: none of them is asked what it takes for a small letter.
     * What PostgreSQL cannot keep in a text, NUL and halves of surrogate pairs, is a replacement character everywhere.
     */
    public static String fold(String text) {
        return mapped(text, point -> Character.toLowerCase(Character.toUpperCase(point)));
    }

    private static String mapped(String text, IntUnaryOperator change) {
        return text.codePoints()
                .map(point -> isStorable(point) ? change.applyAsInt(point) : REPLACEMENT)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isStorable(int point) {
        return point != 0 && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
    }

    /** Every trigram of a folded text as a quoted string, so that nothing in the text is ever an operator. */
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
