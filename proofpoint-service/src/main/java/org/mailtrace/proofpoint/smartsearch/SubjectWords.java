package org.mailtrace.proofpoint.smartsearch;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is left of a subject after the vendor's analyser: it drops these stop words (public documentation of the
 * Proofpoint Protection Server integration of Cortex XSOAR) and compares the rest by word stems.
 */
final class SubjectWords {
    private static final Set<String> STOP_WORDS = Set.of(
            "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not",
            "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was",
            "will", "with");

    private SubjectWords() {}

    /** The words that the vendor can search for; one character alone is none. */
    static List<String> searchable(String subject) {
        return Arrays.stream(subject.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> word.codePointCount(0, word.length()) > 1)
                .filter(word -> !STOP_WORDS.contains(word))
                .toList();
    }
}
