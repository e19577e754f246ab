package org.mailtrace.proofpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mailtrace.testkit.nativefit.NativeFitnessTest;

class NativeFitTest extends NativeFitnessTest {
    @Override
    protected Set<String> lookUpsThatAreProvidedFor() {
        return Set.of("org.mailtrace.proofpoint.row.EncodedWords calls Charset.forName");
    }

    @Test
    void everyCharsetOfASubjectIsKept() throws IOException {
        // given
        Properties settings = new Properties();
        try (Reader file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
        }

        // then
        assertThat(settings).containsEntry("quarkus.native.add-all-charsets", "true");
    }
}
