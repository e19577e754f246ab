package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page that says which test shows what, against the tests that there are. */
class ProofIT {
    private static final Pattern FAULT = Pattern.compile("(?m)^\\| (F\\d+) \\|.*\\| (`.*`) \\|$");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))`");

    @Test
    void everyFaultHasItsTestsAndEveryTestOfAFaultIsListedThere() throws IOException {
        // given
        List<MatchResult> rows = FAULT.matcher(page()).results().toList();
        List<String> tests = tests();

        // then
        assertThat(rows.stream().map(row -> row.group(1)))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 24)
                        .mapToObj(number -> "F" + number)
                        .toList());
        assertThat(tests.stream().filter(test -> test.matches("F\\d+[A-Z].*")))
                .allSatisfy(test -> assertThat(rows)
                        .as(test)
                        .anyMatch(row ->
                                test.startsWith(row.group(1)) && row.group(2).contains("`" + test + "`")));
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        // given
        List<String> named =
                NAMED.matcher(page()).results().map(name -> name.group(1)).toList();

        // then
        assertThat(named).hasSizeGreaterThan(70);
        assertThat(tests()).containsAll(named);
    }

    private static String page() throws IOException {
        return Files.readString(Launcher.ROOT.resolve("docs/operations/proof.md"));
    }

    private static List<String> tests() throws IOException {
        try (Stream<Path> modules = Files.list(Launcher.ROOT)) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(ProofIT::files)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\w+(Test|IT)\\.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList();
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
