package org.mailtrace.gateway.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An OpenAPI 3.1 document as 3.0.3 (<a href="https://spec.openapis.org/oas/v3.0.3">specification</a>), within what
 * ServiceNow imports: operations that give JSON, one media type for each answer, and no login flow beside the bearer token.
 */
final class OpenApi30 {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Set<String> VERBS = Set.of("get", "post", "put", "delete", "patch");
    private static final Set<String> UNKNOWN_THERE = Set.of(
            "jsonSchemaDialect",
            "webhooks",
            "$schema",
            "contentMediaType",
            "contentEncoding",
            "contentSchema",
            "patternProperties");

    /** What stands below these is data and no description. */
    private static final Set<String> DATA = Set.of("example", "examples", "default", "enum");

    private final ObjectNode document;

    OpenApi30(JsonNode modern) {
        document = modern.deepCopy();
        document.put("openapi", "3.0.3");
        if (document.at("/info/license") instanceof ObjectNode license) {
            license.remove("identifier");
        }
        rewrite(document);
        onlyTheBearerToken();
        onlyOperationsWithJson();
        onlyJson();
        onlyUsedShapes();
    }

    ObjectNode document() {
        return document;
    }

    private static void rewrite(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.remove(UNKNOWN_THERE);
            if (object.path("$ref").isTextual()) {
                object.retain("$ref");
            }
            oneType(object);
            oneExample(object);
            oneValue(object);
            limit(object, "exclusiveMinimum", "minimum");
            limit(object, "exclusiveMaximum", "maximum");
            object.properties().stream()
                    .filter(entry -> !DATA.contains(entry.getKey()))
                    .forEach(entry -> rewrite(entry.getValue()));
        } else {
            node.forEach(OpenApi30::rewrite);
        }
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
        schemes.retain("bearer");
        operations(document)
                .forEach(operation -> operation.set(
                        "security", JSON.arrayNode().add(JSON.objectNode().set("bearer", JSON.arrayNode()))));
    }

    /** What only gives a table, for instance, is of no use to those who import this. */
    private void onlyOperationsWithJson() {
        ObjectNode paths = document.withObject("/paths");
        paths.forEach(path -> {
            List<String> others = path.properties().stream()
                    .filter(entry -> VERBS.contains(entry.getKey()))
                    .filter(entry -> givesNoJson(entry.getValue().path("responses")))
                    .map(Map.Entry::getKey)
                    .toList();
            ((ObjectNode) path).remove(others);
        });
        List<String> empty = paths.properties().stream()
                .filter(path -> path.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        paths.remove(empty);
    }

    private static boolean givesNoJson(JsonNode responses) {
        JsonNode content = responses.path("200").path("content");
        return !content.isEmpty() && !content.has("application/json");
    }

    private void onlyJson() {
        operations(document)
                .forEach(operation -> operation.path("responses").forEach(response -> {
                    if (response.path("content") instanceof ObjectNode content && content.has("application/json")) {
                        content.retain("application/json");
                    }
                }));
    }

    /** Shapes of the media types that went are of no use to anybody. */
    private void onlyUsedShapes() {
        ObjectNode shapes = document.withObject("/components/schemas");
        Set<String> used = new HashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>(List.of(document.path("paths")));
        while (!open.isEmpty()) {
            for (String reference : open.pop().findValuesAsText("$ref")) {
                String name = reference.substring(reference.lastIndexOf('/') + 1);
                if (used.add(name)) {
                    open.push(shapes.path(name));
                }
            }
        }
        shapes.retain(used);
    }

    /** Every operation of a document. */
    static List<ObjectNode> operations(JsonNode document) {
        List<ObjectNode> operations = new ArrayList<>();
        document.path("paths")
                .forEach(path -> path.properties().forEach(entry -> {
                    if (VERBS.contains(entry.getKey()) && entry.getValue() instanceof ObjectNode operation) {
                        operations.add(operation);
                    }
                }));
        return operations;
    }
}
