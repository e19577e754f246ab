package org.mailtrace.gateway.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * An OpenAPI 3.1 document as 3.0.3 (<a href="https://spec.openapis.org/oas/v3.0.3">specification</a>), within what
 * ServiceNow imports: one media type for each answer, no login flows beside the bearer token.
 */
final class OpenApi30 {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> UNKNOWN_THERE = Set.of(
            "jsonSchemaDialect", "webhooks", "$schema", "contentMediaType", "contentEncoding", "patternProperties");

    private final ObjectNode document;

    OpenApi30(JsonNode modern) {
        document = modern.deepCopy();
        document.put("openapi", "3.0.3");
        rewrite(document);
        onlyTheBearerToken();
        onlyJson();
    }

    ObjectNode document() {
        return document;
    }

    private static void rewrite(JsonNode node) {
        if (node instanceof ObjectNode object) {
            UNKNOWN_THERE.forEach(object::remove);
            oneType(object);
            oneExample(object);
            oneValue(object);
            limit(object, "exclusiveMinimum", "minimum");
            limit(object, "exclusiveMaximum", "maximum");
        }
        node.forEach(OpenApi30::rewrite);
    }

    /** {@code type: [string, null]} was {@code nullable} then. */
    private static void oneType(ObjectNode schema) {
        if (schema.get("type") instanceof ArrayNode types) {
            List<String> names = new ArrayList<>();
            types.forEach(type -> names.add(type.asText()));
            if (names.remove("null")) {
                schema.put("nullable", true);
            }
            schema.put("type", names.isEmpty() ? "string" : names.getFirst());
        }
    }

    /** Only schemas have lists of examples; parameters and bodies name theirs. */
    private static void oneExample(ObjectNode schema) {
        if (schema.get("examples") instanceof ArrayNode examples) {
            schema.remove("examples");
            if (!examples.isEmpty()) {
                schema.set("example", examples.get(0));
            }
        }
    }

    private static void oneValue(ObjectNode schema) {
        JsonNode value = schema.remove("const");
        if (value != null) {
            schema.set("enum", JSON.arrayNode().add(value));
        }
    }

    private static void limit(ObjectNode schema, String exclusive, String inclusive) {
        if (schema.path(exclusive).isNumber()) {
            schema.set(inclusive, schema.get(exclusive));
            schema.put(exclusive, true);
        }
    }

    private void onlyTheBearerToken() {
        ObjectNode schemes = document.withObject("/components/securitySchemes");
        JsonNode bearer = schemes.path("bearer");
        schemes.removeAll();
        schemes.set("bearer", bearer);
        ArrayNode required = JSON.arrayNode().add(JSON.objectNode().set("bearer", JSON.arrayNode()));
        operations(document).forEach(operation -> operation.set("security", required.deepCopy()));
    }

    private void onlyJson() {
        operations(document)
                .forEach(operation -> operation.path("responses").forEach(response -> {
                    if (response.path("content").has("application/json")) {
                        JsonNode kept = response.path("content").get("application/json");
                        ((ObjectNode) response).set("content", JSON.objectNode().set("application/json", kept));
                    }
                }));
    }

    /** Every operation of a document. */
    static List<ObjectNode> operations(JsonNode document) {
        List<ObjectNode> operations = new ArrayList<>();
        document.path("paths")
                .forEach(path -> path.properties().forEach(entry -> {
                    if (Set.of("get", "post", "put", "delete", "patch").contains(entry.getKey())
                            && entry.getValue() instanceof ObjectNode operation) {
                        operations.add(operation);
                    }
                }));
        return operations;
    }
}
