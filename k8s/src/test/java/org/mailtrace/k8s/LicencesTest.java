package org.mailtrace.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LicencesTest {
    @ParameterizedTest
    @ValueSource(strings = {"gateway", "proofpoint", "onprem-exchange", "exo"})
    void everyLibraryThatIsShippedIsListedWithItsLicence(String service) throws IOException {
        // given
        Path libraries = Tool.ROOT.resolve(service + "-service/target/quarkus-app/lib");
        assumeThat(libraries)
                .as("%s is not built, so its libraries are not checked: ./mvnw -DskipTests package", service)
                .exists();
        List<String> listed = Pattern.compile("(?m)^\\| `([\\w.-]+):([\\w.-]+)` \\| \\S.* \\|")
                .matcher(Metrics.text("docs/operations/licences.md"))
                .results()
                .map(row -> row.group(1) + "." + row.group(2) + "-")
                .toList();

        // when
        try (Stream<Path> files = Files.walk(libraries)) {
            List<String> jars = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".jar") && !file.startsWith("org.mailtrace."))
                    .toList();

            // then
            assertThat(jars).hasSizeGreaterThan(50);
            assertThat(jars)
                    .as("libraries without a row in docs/operations/licences.md")
                    .allMatch(jar -> listed.stream().anyMatch(jar::startsWith));
        }
    }
}
