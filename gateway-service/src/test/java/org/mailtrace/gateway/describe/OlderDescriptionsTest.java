package org.mailtrace.gateway.describe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.swagger.parser.SwaggerParser;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mailtrace.gateway.FakeSources;

/** The descriptions for ticketing systems and low-code tools, within what each of them can read. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class OlderDescriptionsTest {
    @Test
    void areTheOnesThatAreKept() throws IOException {
        ServedDocument.openApi30().isKeptAs("openapi-3.0.json");
        ServedDocument.openApi20().isKeptAs("openapi-2.0.json");
    }

    @Test
    void areValid() {
        ServedDocument openApi30 = ServedDocument.openApi30();
        ServedDocument openApi20 = ServedDocument.openApi20();

        assertThat(openApi30.root().path("openapi").asText()).isEqualTo("3.0.3");
        assertThat(new OpenAPIV3Parser()
                        .readContents(openApi30.text(), List.of(), new ParseOptions())
                        .getMessages())
                .isEmpty();
        assertThat(openApi20.root().path("swagger").asText()).isEqualTo("2.0");
        assertThat(new SwaggerParser().readWithInfo(openApi20.text()).getMessages())
                .isEmpty();
    }

    @Test
    void knowTheSameOperationsAsThePresentOneButForWhatGivesNoJson() {
        // when
        List<String> present = ids(ServedDocument.modern()).stream()
                .filter(id -> !id.equals("getReportTable"))
                .toList();

        // then
        assertThat(ids(ServedDocument.openApi30())).isEqualTo(present);
        assertThat(ids(ServedDocument.openApi20())).isEqualTo(present);
    }

    @Test
    void serviceNowFindsNothingThatItCannotImport() {
        // when
        ServedDocument served = ServedDocument.openApi30();

        // then
        assertThat(served.words())
                .doesNotContain("oneOf", "anyOf", "additionalProperties", "discriminator", "callbacks");
        assertThat(served.operations()).allSatisfy(operation -> {
            operation
                    .path("responses")
                    .forEach(response -> assertThat(response.path("content")).hasSizeLessThanOrEqualTo(1));
            operation
                    .at("/requestBody/content")
                    .propertyStream()
                    .forEach(content -> assertThat(content.getKey()).isEqualTo("application/json"));
        });
        assertThat(served.root().at("/components/securitySchemes")).hasSize(1);
        assertThat(served.root().at("/components/schemas").propertyStream())
                .noneMatch(shape -> leadsTo(served.root(), shape.getValue(), shape.getKey()));
    }

    @Test
    void powerPlatformFindsOneSecurityDefinitionCommaListsAndJsonOnly() {
        // when
        ServedDocument served = ServedDocument.openApi20();

        // then
        assertThat(served.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000_000);
        assertThat(served.root().path("securityDefinitions")).hasSize(1);
        assertThat(served.root().path("consumes").valueStream().map(JsonNode::asText))
                .containsExactly("application/json");
        assertThat(served.root().path("produces").valueStream().map(JsonNode::asText))
                .allMatch(type -> type.endsWith("json"));
        assertThat(served.root().path("host").asText()).isEqualTo("localhost:8080");
        assertThat(served.words())
                .doesNotContain(
                        "nullable",
                        "oneOf",
                        "anyOf",
                        "allOf",
                        "additionalProperties",
                        "content",
                        "requestBody",
                        "servers");
        assertThat(served.text()).doesNotContain("#/components/");
        assertThat(served.root()
                        .at("/paths/~1traces/get/parameters")
                        .valueStream()
                        .filter(parameter -> parameter.path("type").asText().equals("array")))
                .isNotEmpty()
                .allMatch(
                        parameter -> parameter.path("collectionFormat").asText().equals("csv"));
    }

    private static List<String> ids(ServedDocument document) {
        return document.operations().stream()
                .map(operation -> operation.path("operationId").asText())
                .toList();
    }

    private static boolean leadsTo(JsonNode root, JsonNode shape, String name) {
        Deque<String> open = new ArrayDeque<>(shape.findValuesAsText("$ref"));
        int steps = 0;
        while (!open.isEmpty() && steps++ < 10_000) {
            String reference = open.pop();
            if (reference.endsWith("/" + name)) {
                return true;
            }
            open.addAll(root.at(reference.substring(1)).findValuesAsText("$ref"));
        }
        return steps >= 10_000;
    }
}
