package org.mailtrace.gateway.describe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * An OpenAPI 3.0.3 document as 2.0 (<a href="https://spec.openapis.org/oas/v2.0">specification</a>), within what a
 * custom connector of Power Platform takes: one security definition, JSON only, lists separated by commas. The token is
 * an API key there, because the connectors do not offer client credentials.
 */
final class OpenApi20 {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> OF_A_PARAMETER = List.of(
            "type", "format", "enum", "default", "minimum", "maximum", "minLength", "maxLength", "pattern", "items");
    private static final Set<String> UNKNOWN_THERE = Set.of("nullable", "deprecated", "writeOnly");

    private final ObjectNode document = JSON.objectNode();

    OpenApi20(JsonNode older, URI base) {
        document.put("swagger", "2.0");
        document.set("info", older.path("info").deepCopy());
        document.put("host", base.getAuthority());
        document.put("basePath", base.getPath().isEmpty() ? "/" : base.getPath());
        document.set("schemes", JSON.arrayNode().add(base.getScheme()));
        document.set("consumes", JSON.arrayNode().add("application/json"));
        document.set("produces", JSON.arrayNode().add("application/json"));
        document.set(
                "securityDefinitions",
                JSON.objectNode()
                        .set(
                                "bearer",
                                JSON.objectNode()
                                        .put("type", "apiKey")
                                        .put("name", "Authorization")
                                        .put("in", "header")
                                        .put("description", "Type the word Bearer, a space, and an access token.")));
        document.set("security", JSON.arrayNode().add(JSON.objectNode().set("bearer", JSON.arrayNode())));
        ObjectNode paths = document.putObject("paths");
        older.path("paths").properties().forEach(path -> paths.set(path.getKey(), path(path.getValue())));
        document.set("definitions", older.at("/components/schemas").deepCopy());
        if (older.has("tags")) {
            document.set("tags", older.path("tags").deepCopy());
        }
        rewrite(document);
    }

    ObjectNode document() {
        return document;
    }

    private static ObjectNode path(JsonNode older) {
        ObjectNode path = JSON.objectNode();
        older.properties().forEach(entry -> {
            if (entry.getKey().equals("parameters")) {
                path.set("parameters", parameters(entry.getValue()));
            } else if (entry.getValue() instanceof ObjectNode operation) {
                path.set(entry.getKey(), operation(operation));
            }
        });
        return path;
    }

    private static ObjectNode operation(ObjectNode older) {
        ObjectNode operation = JSON.objectNode();
        List.of("tags", "summary", "description", "operationId").forEach(name -> {
            if (older.has(name)) {
                operation.set(name, older.get(name).deepCopy());
            }
        });
        ArrayNode parameters = parameters(older.path("parameters"));
        if (older.has("requestBody")) {
            parameters.add(body(older.path("requestBody")));
        }
        operation.set("parameters", parameters);
        ObjectNode responses = operation.putObject("responses");
        older.path("responses")
                .properties()
                .forEach(response -> responses.set(response.getKey(), response(response.getValue())));
        return operation;
    }

    private static ArrayNode parameters(JsonNode older) {
        ArrayNode parameters = JSON.arrayNode();
        older.forEach(given -> {
            ObjectNode parameter = JSON.objectNode();
            List.of("name", "in", "description", "required").forEach(name -> {
                if (given.has(name)) {
                    parameter.set(name, given.get(name));
                }
            });
            OF_A_PARAMETER.forEach(name -> {
                if (given.path("schema").has(name)) {
                    parameter.set(name, given.path("schema").get(name).deepCopy());
                }
            });
            if (!parameter.has("type")) {
                parameter.put("type", "string");
            }
            if (parameter.path("type").asText().equals("array")) {
                parameter.put("collectionFormat", "csv");
            }
            parameters.add(parameter);
        });
        return parameters;
    }

    private static ObjectNode body(JsonNode older) {
        ObjectNode body = JSON.objectNode().put("name", "body").put("in", "body");
        body.put("required", older.path("required").asBoolean(true));
        if (older.has("description")) {
            body.set("description", older.get("description"));
        }
        body.set(
                "schema",
                older.path("content").path("application/json").path("schema").deepCopy());
        return body;
    }

    private static ObjectNode response(JsonNode older) {
        ObjectNode response = JSON.objectNode();
        response.put("description", older.path("description").asText(""));
        older.path("content").properties().stream()
                .filter(content -> content.getKey().contains("json"))
                .findFirst()
                .ifPresent(content -> {
                    if (content.getValue().has("schema")) {
                        response.set("schema", content.getValue().get("schema").deepCopy());
                    }
                    if (content.getValue().has("example")) {
                        response.set(
                                "examples",
                                JSON.objectNode()
                                        .set(
                                                content.getKey(),
                                                content.getValue().get("example")));
                    }
                });
        if (older.has("headers")) {
            ObjectNode headers = response.putObject("headers");
            older.path("headers").properties().forEach(header -> {
                ObjectNode made = JSON.objectNode();
                made.put("type", header.getValue().at("/schema/type").asText("string"));
                if (header.getValue().has("description")) {
                    made.set("description", header.getValue().get("description"));
                }
                headers.set(header.getKey(), made);
            });
        }
        return response;
    }

    private static void rewrite(JsonNode node) {
        if (node instanceof ObjectNode object) {
            UNKNOWN_THERE.forEach(object::remove);
            if (object.get("$ref") instanceof TextNode reference) {
                object.put("$ref", reference.asText().replace("#/components/schemas/", "#/definitions/"));
            }
        }
        node.forEach(OpenApi20::rewrite);
    }
}
