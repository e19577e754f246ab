package org.mailtrace.standins.proofpoint;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How Smart Search compares subjects: by the stems of their words, without stop words. Part of a word finds nothing.
 * (The stop words are documented in the read-me of a public integration; the stemming here is a simple one.)
 */
final class SubjectAnalyzer {
    private static final Set<String> STOP_WORDS = Set.of(
            "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not",
            "of", "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was",
            "will", "with");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}']+");
    private static final int SHORTEST_STEM = 2;

    private SubjectAnalyzer() {}

    static boolean matches(String asked, String subject) {
        Set<String> wanted = stems(asked);
        return !wanted.isEmpty() && stems(subject).containsAll(wanted);
    }

    private static Set<String> stems(String text) {
        return BETWEEN_WORDS
                .splitAsStream(text.toLowerCase(Locale.ROOT))
                .map(word -> word.replaceAll("'.*", ""))
                .filter(word -> !word.isEmpty() && !STOP_WORDS.contains(word))
                .map(SubjectAnalyzer::stem)
                .collect(Collectors.toSet());
    }

    private static String stem(String word) {
        for (String ending : new String[] {"ing", "ed", "es", "s"}) {
            if (word.endsWith(ending) && word.length() - ending.length() >= SHORTEST_STEM) {
                return word.substring(0, word.length() - ending.length());
            }
        }
        return word.endsWith("e") && word.length() > SHORTEST_STEM + 1 ? word.substring(0, word.length() - 1) : word;
    }
}
