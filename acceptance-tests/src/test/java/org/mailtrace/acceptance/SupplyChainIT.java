package org.mailtrace.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shipped is what the bills of materials and the list of licences say. */
class SupplyChainIT {
    /** Stands in Quarkus's own dependencies and is left out of what it packages. */
    private static final String NOT_PACKAGED = "io.quarkus.quarkus-ide-launcher";

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "proofpoint", "onprem-exchange", "exo"})
    void theBillOfMaterialsNamesWhatIsShippedAndNothingElse(String service) throws IOException {
        // given
        List<String> jars = jarsOf(service);

        // when
        List<JsonNode> parts = partsOf(service);

        // then
        assertThat(jars).hasSizeGreaterThan(50);
        assertThat(jars).allMatch(jar -> parts.stream().anyMatch(part -> isIn(part, jar)));
        assertThat(parts.stream()
                        .filter(part -> jars.stream().noneMatch(jar -> isIn(part, jar)))
                        .map(part -> name(part)))
                .allMatch(name -> name.startsWith(NOT_PACKAGED));
        assertThat(parts).allSatisfy(part -> {
            assertThat(part.path("licenses")).as(name(part)).isNotEmpty();
            assertThat(part.path("hashes")).as(name(part)).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "proofpoint", "onprem-exchange", "exo"})
    void everyLibraryThatIsShippedIsListedWithItsLicence(String service) throws IOException {
        // when
        List<String> listed = Pattern.compile("(?m)^\\| `([\\w.-]+):([\\w.-]+)` \\| \\S.* \\|")
                .matcher(Files.readString(Launcher.ROOT.resolve("docs/operations/licences.md")))
                .results()
                .map(row -> row.group(1) + "." + row.group(2) + "-")
                .toList();

        // then
        assertThat(jarsOf(service).stream().filter(jar -> !jar.startsWith("org.mailtrace.")))
                .as("libraries without a row in docs/operations/licences.md")
                .allMatch(jar -> listed.stream().anyMatch(jar::startsWith));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "proofpoint", "onprem-exchange", "exo"})
    void everyLibraryThatIsListedForAServiceIsShippedInIt(String service) throws IOException {
        // given
        List<String> jars = jarsOf(service);

        // when
        List<String> listed = Pattern.compile("(?m)^\\| `([\\w.-]+):([\\w.-]+)` \\| \\S.* \\| (.+) \\|$")
                .matcher(Files.readString(Launcher.ROOT.resolve("docs/operations/licences.md")))
                .results()
                .filter(row -> row.group(3).equals("all four")
                        || List.of(row.group(3).split(", ")).contains(service))
                .map(row -> row.group(1) + "." + row.group(2) + "-")
                .toList();

        // then
        assertThat(listed).hasSizeGreaterThan(50);
        assertThat(listed)
                .as("rows in docs/operations/licences.md of what is not in %s", service)
                .allMatch(library -> jars.stream().anyMatch(jar -> jar.startsWith(library)));
    }

    private static List<String> jarsOf(String service) throws IOException {
        try (Stream<Path> files = Files.walk(Packaged.libraries(service))) {
            // Libraries that Quarkus changed a class of are called so where a native executable is made of them.
            return files.map(file -> file.getFileName().toString().replaceFirst("^modified-", ""))
                    .filter(file -> file.endsWith(".jar"))
                    .toList();
        }
    }

    private static List<JsonNode> partsOf(String service) throws IOException {
        JsonNode bill = new ObjectMapper()
                .readTree(Packaged.target(service).resolve("bom.json").toFile());
        return bill.path("components").valueStream().toList();
    }

    /** A jar's name may end in a classifier. */
    private static boolean isIn(JsonNode part, String jar) {
        return jar.equals(name(part) + ".jar") || jar.startsWith(name(part) + "-");
    }

    private static String name(JsonNode part) {
        return part.path("group").asText() + "." + part.path("name").asText() + "-"
                + part.path("version").asText();
    }
}
