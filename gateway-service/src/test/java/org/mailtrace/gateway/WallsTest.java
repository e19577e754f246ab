package org.mailtrace.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "org.mailtrace.gateway", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    private static final Pattern VENDOR =
            Pattern.compile("proofpoint|smart search|exchange|\\bexo\\b|\\bpps\\b|graph|outlook|msgtrk");

    @ArchTest
    static final ArchRule THE_GATEWAY_KNOWS_NO_OTHER_SERVICE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.mailtrace.source..",
                    "org.mailtrace.proofpoint..",
                    "org.mailtrace.onprem..",
                    "org.mailtrace.exo..",
                    "org.mailtrace.index..",
                    "org.mailtrace.standins..");

    @ArchTest
    static final ArchRule CONCLUSIONS_KNOW_NO_HTTP = noClasses()
            .that()
            .resideInAnyPackage("..conclude..", "..join..", "..words..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "..search..", "..sources..");

    @Test
    void theCodeNamesNoVendor() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            List<String> lines = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(WallsTest::lines)
                    .filter(line ->
                            VENDOR.matcher(line.toLowerCase(Locale.ROOT)).find())
                    .toList();
            assertThat(lines).isEmpty();
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readAllLines(file).stream().map(line -> file.getFileName() + ": " + line.strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
