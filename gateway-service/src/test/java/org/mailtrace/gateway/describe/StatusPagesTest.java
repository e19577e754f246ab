package org.mailtrace.gateway.describe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All sources' dictionaries as one page; run with the environment {@code MAILTRACE_GOLDEN=write} to publish a change. */
class StatusPagesTest {
    private static final Path FOLDER = Path.of("../docs/status");
    private static final Path PAGE = FOLDER.resolve("README.md");
    private static final String WRITTEN = "Written by a test from the service's dictionary; do not edit by hand.";

    @Test
    void theOnePageSaysWhatTheSourcesPagesSay() throws IOException {
        // given
        String page = page();

        // then
        if ("write".equals(System.getenv("MAILTRACE_GOLDEN"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.list(FOLDER)) {
            sources = files.filter(file -> !file.equals(PAGE)).sorted().toList();
        }
        StringBuilder page = new StringBuilder("""
                # What every source's statuses say

                Written by a test from the pages of the sources; do not edit by hand. What the gateway concludes from these
                statuses stands in [conclusions.md](../conclusions.md).

                """);
        for (Path source : sources) {
            page.append("* [%s](#%s)\n".formatted(title(source), anchor(title(source))));
        }
        for (Path source : sources) {
            page.append("\n").append(chapter(Files.readString(source)));
        }
        return page.toString();
    }

    private static String title(Path source) throws IOException {
        return Files.readString(source).lines().findFirst().orElseThrow().substring("# ".length());
    }

    private static String anchor(String title) {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }

    private static String chapter(String text) {
        return text.replace(WRITTEN, "")
                        .lines()
                        .map(String::strip)
                        .map(line -> line.startsWith("#") ? "#" + line : line)
                        .collect(Collectors.joining("\n"))
                        .replaceAll("\n{3,}", "\n\n")
                + "\n";
    }
}
