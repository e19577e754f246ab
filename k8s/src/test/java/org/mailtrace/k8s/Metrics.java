package org.mailtrace.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The names of metrics: those that docs/operations/metrics.md promises, and those that a query asks for. */
final class Metrics {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern LABELS = Pattern.compile("\\{[^}]*}|\\b(?:by|without|on)\\s*\\([^)]*\\)");
    private static final Pattern NAME =
            Pattern.compile("\\b[a-z][a-zA-Z0-9]*(?:_[a-zA-Z0-9]+)+\\b(?!\\s*\\()|\\bup\\b");

    private Metrics() {}

    static Set<String> promised() {
        return names(ROW, text("docs/operations/metrics.md"), 1);
    }

    static Set<String> askedFor(String query) {
        String bare = LABELS.matcher(QUOTED.matcher(query).replaceAll("")).replaceAll("");
        Set<String> names = names(NAME, bare.replace("$__rate_interval", "5m"), 0);
        names.remove("up");
        return names;
    }

    private static Set<String> names(Pattern pattern, String text, int group) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static String text(String path) {
        try {
            return Files.readString(Tool.ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
