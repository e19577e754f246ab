package org.mailtrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.mailtrace.contract.SourceAnswer;

/** The golden schema of a source, as {@code trace-contract} carries it. */
enum GoldenSchema {
    ANSWER("answer"),
    OBSERVATION("observation"),
    INFO("info"),
    REPORT("report"),
    REPORTS("reportList"),
    COST("cost");

    private final String definition;

    GoldenSchema(String definition) {
        this.definition = definition;
    }

    void accepts(String json) {
        assertThat(schema().validate(json, InputFormat.JSON))
                .as("faults against the golden schema")
                .isEmpty();
    }

    void refuses(String json) {
        assertThat(schema().validate(json, InputFormat.JSON))
                .as("faults against the golden schema")
                .isNotEmpty();
    }

    private JsonSchema schema() {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V202012,
                builder -> builder.schemaLoaders(loaders -> loaders.schemas(location -> text())));
        return factory.getSchema(
                SchemaLocation.of("https://mailtrace.example/schemas/source.json#/$defs/" + definition),
                SchemaValidatorsConfig.builder().build());
    }

    private static String text() {
        try (InputStream in = SourceAnswer.class.getResourceAsStream("source.schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
