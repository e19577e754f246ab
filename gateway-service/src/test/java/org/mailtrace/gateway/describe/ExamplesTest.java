package org.mailtrace.gateway.describe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.mailtrace.gateway.FakeSources;

/** The examples are answers that were given once; here they are kept in the shape that answers have now. */
@QuarkusTest
@QuarkusTestResource(OidcWiremockTestResource.class)
@QuarkusTestResource(FakeSources.class)
class ExamplesTest {
    private static final Map<String, String> SHAPE_OF_EVENT =
            Map.of("source", "SourceReport", "trace", "Trace", "done", "Done", "problem", "Problem");
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void haveTheShapeThatIsDescribed() {
        // given
        JsonNode root = ServedDocument.modern().root();
        List<String> faults = new ArrayList<>();
        List<JsonNode> seen = new ArrayList<>();

        // when
        OpenApi30.operations(root)
                .forEach(operation -> contentsOf(operation).forEach((place, content) -> {
                    String reference = content.at("/schema/$ref").asText();
                    if (content.path("example").isContainerNode()) {
                        seen.add(content);
                        validate(root, reference, content.path("example"))
                                .forEach(fault -> faults.add(place + ": " + fault));
                    }
                }));

        // then
        assertThat(faults).isEmpty();
        assertThat(seen).hasSizeGreaterThan(20);
    }

    @Test
    void areInTheShapeOfEachLineAndEventAsWell() {
        // given
        JsonNode root = ServedDocument.modern().root();
        JsonNode content = root.at("/paths/~1traces/get/responses/200/content");
        List<String> lines =
                content.at("/application~1x-ndjson/example").asText().lines().toList();
        List<String> events =
                content.at("/text~1event-stream/example").asText().lines().toList();

        // then
        assertThat(lines)
                .hasSizeGreaterThan(2)
                .allSatisfy(line -> assertThat(validate(root, "#/components/schemas/Line", json.readTree(line)))
                        .isEmpty());
        for (int at = 0; at < events.size(); at++) {
            if (events.get(at).startsWith("event:")) {
                String shape = SHAPE_OF_EVENT.get(
                        events.get(at).substring("event:".length()).strip());
                String data = events.get(at + 1).substring("data:".length());
                assertThat(validate(root, "#/components/schemas/" + shape, parsed(data)))
                        .as(shape)
                        .isEmpty();
            }
        }
        assertThat(events).anyMatch(line -> line.startsWith("event:done"));
    }

    @Test
    void showEveryRefusalWithTheStatusThatItStandsUnder() {
        OpenApi30.operations(ServedDocument.modern().root())
                .forEach(operation -> operation.path("responses").properties().forEach(response -> {
                    JsonNode problem = response.getValue().at("/content/application~1problem+json/example");
                    if (response.getValue().at("/content").has("application/problem+json")) {
                        assertThat(problem.path("status").asText())
                                .as(operation.path("operationId").asText())
                                .isEqualTo(response.getKey());
                        assertThat(problem.path("type").asText()).startsWith("https://mailtrace.example/problems/");
                    }
                }));
    }

    private static Map<String, JsonNode> contentsOf(JsonNode operation) {
        Map<String, JsonNode> contents = new TreeMap<>();
        String id = operation.path("operationId").asText();
        operation
                .at("/requestBody/content")
                .properties()
                .forEach(content -> contents.put(id + " request " + content.getKey(), content.getValue()));
        operation
                .path("responses")
                .properties()
                .forEach(response -> response.getValue()
                        .path("content")
                        .properties()
                        .forEach(content -> contents.put(
                                id + " " + response.getKey() + " " + content.getKey(), content.getValue())));
        return contents;
    }

    /** What is wrong with a document; a field that the shape does not know is wrong too. */
    private List<String> validate(JsonNode root, String reference, JsonNode document) {
        ObjectNode schema = json.createObjectNode().put("$ref", reference);
        schema.set("components", json.createObjectNode().set("schemas", closed(root.at("/components/schemas"))));
        JsonSchema validator =
                JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
        return validator.validate(document).stream().map(Object::toString).toList();
    }

    private static JsonNode closed(JsonNode shapes) {
        JsonNode closed = shapes.deepCopy();
        closed.forEach(shape -> {
            if (shape instanceof ObjectNode object && object.has("properties")) {
                object.put("additionalProperties", false);
            }
        });
        return closed;
    }

    private JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
